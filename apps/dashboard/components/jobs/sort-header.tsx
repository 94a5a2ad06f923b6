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
  const className = isNumber ? styles.number : undefined;
  if (sort === undefined)
    return (
      <th scope="col" role="columnheader" className={className}>
        {label}
      </th>
    );
  const isCurrent = query.sort === sort;
  const order = nextOrder(query, sort);
  return (
    <th
      scope="col"
      role="columnheader"
      className={className}
      aria-sort={isCurrent ? (query.order === 'asc' ? 'ascending' : 'descending') : undefined}
    >
      <A href={`/jobs${queryString({ ...query, sort, order, page: 1 })}`} scroll={false}>
        {label}
        <span aria-hidden="true">{isCurrent ? (query.order === 'asc' ? '↑' : '↓') : ''}</span>
      </A>
    </th>
  );
}

function nextOrder(query: JobQuery, sort: SortKey): JobQuery['order'] {
  if (query.sort === sort) return query.order === 'asc' ? 'desc' : 'asc';
  return sort === 'name' ? 'asc' : 'desc';
}
