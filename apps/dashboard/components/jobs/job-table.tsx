import type { JobRow } from '@/lib/jobs/job-row.ts';
import type { WatchIndex } from '@/lib/live/watch-index.ts';
import type { JobQuery, SortKey } from '@/lib/query/job-query.ts';
import { jobPath } from '@/lib/query/job-path.ts';
import { jobPosters, type JobPoster } from '@/lib/query/shown-pictures.ts';
import { Picture } from '@/components/pictures/picture.tsx';
import { JobTableRow } from './job-table-row.tsx';
import { MatchedClips } from './matched-clips.tsx';
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

interface Props {
  index: WatchIndex;
  rows: readonly JobRow[];
  query: JobQuery;
}

/** Jobs as a table, and on a narrow screen as cards. */
export async function JobTable({ index, rows, query }: Props) {
  const pictures = await jobPosters(index, rows);
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
            <JobTableRow
              key={jobPath(row)}
              row={row}
              runner={index.folder(row.folder)?.runner}
              poster={posterOf(pictures.get(row.id))}
            >
              {query.q !== null && <MatchedClips index={index} row={row} q={query.q} />}
            </JobTableRow>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function posterOf(poster: JobPoster | undefined) {
  if (poster === undefined) return null;
  return (
    <span className={styles.poster}>
      <Picture picture={poster.picture} source={poster.source} />
    </span>
  );
}
