import { A } from '@/components/text/a.tsx';
import { queryString, type JobQuery, type SortKey } from '@/lib/query/job-query.ts';
import styles from './jobs.module.css';

interface Props {
  label: string;
  sort?: SortKey;
  isNumber?: boolean;
  query: JobQuery;
}

/** A head of a column; one that can be sorted by is a link, and turns the order when it is followed again. */
export function SortHeader({ label, sort, isNumber = false, query }: Props) {
  const isCurrent = query.sort === sort;
  const isUp = query.order === 'asc';
  const order = (isCurrent ? !isUp : sort === 'name') ? 'asc' : 'desc';
  return (
    <th
      scope="col"
      role="columnheader"
      className={isNumber ? styles.number : undefined}
      aria-sort={isCurrent ? (isUp ? 'ascending' : 'descending') : undefined}
    >
      {sort === undefined ? (
        label
      ) : (
        <A href={`/jobs${queryString({ ...query, sort, order, page: 1 })}`} scroll={false}>
          {label}
          <span aria-hidden="true">{isCurrent && (isUp ? '↑' : '↓')}</span>
        </A>
      )}
    </th>
  );
}
