import type { JobRow } from '@/lib/index/job-row.ts';
import type { SortKey } from '@/lib/index/catalogue.ts';
import type { JobQuery } from '@/lib/query/job-query.ts';
import { jobPath } from '@/lib/query/job-path.ts';
import { JobTableRow } from './job-table-row.tsx';
import { SortHeader } from './sort-header.tsx';
import styles from './jobs.module.css';

interface Column {
  label: string;
  sort?: SortKey;
  isNumber?: boolean;
}

const COLUMNS: readonly Column[] = [
  { label: 'State' },
  { label: 'Job', sort: 'name' },
  { label: 'Folder' },
  { label: 'Engine' },
  { label: 'Clips', isNumber: true },
  { label: 'Output', sort: 'output_size_bytes', isNumber: true },
  { label: 'Duration', sort: 'duration_seconds', isNumber: true },
  { label: 'Worker', isNumber: true },
  { label: 'When', sort: 'completed_at', isNumber: true },
];

/** Jobs as a table, and on a narrow screen as cards. */
export function JobTable({ rows, query }: { rows: readonly JobRow[]; query: JobQuery }) {
  return (
    <div className={styles.sheet}>
      <table className={styles.table} role="table" aria-label="Jobs">
        <thead role="rowgroup">
          <tr role="row">
            {COLUMNS.map((column) => (
              <SortHeader key={column.label} {...column} query={query} />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <JobTableRow key={jobPath(row)} row={row} q={query.q} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
