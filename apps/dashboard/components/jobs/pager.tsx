import { A } from '@/components/text/a.tsx';
import { formatCount } from '@/lib/text/quantities.ts';
import { queryString, type JobQuery } from '@/lib/query/job-query.ts';
import styles from './jobs.module.css';

/** Where a list is. */
export type ListPath = '/jobs' | '/clips' | '/clips/sheet';

interface Rows {
  query: JobQuery;
  total: number;
}

interface Props extends Rows {
  /** Where the view is. */
  path: ListPath;
}

export function lastPageOf({ query, total }: Rows): number {
  return Math.max(1, Math.ceil(total / query.pageSize));
}

export function Pager({ path, query, total }: Props) {
  const last = lastPageOf({ query, total });
  if (last === 1) return null;
  const steps = [
    { label: 'First', page: 1, isOpen: query.page > 1 },
    { label: 'Previous', page: query.page - 1, isOpen: query.page > 1 },
    { label: 'Next', page: query.page + 1, isOpen: query.page < last },
    { label: 'Last', page: last, isOpen: query.page < last },
  ];
  return (
    <nav className={styles.pager} aria-label="Pages of the list">
      <span>
        Page {formatCount(query.page)} of {formatCount(last)}
      </span>
      <ul>
        {steps.map(({ label, page, isOpen }) => (
          <li key={label}>
            {isOpen ? (
              <A href={`${path}${queryString({ ...query, page })}`}>{label}</A>
            ) : (
              <span aria-disabled="true">{label}</span>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}
