import Link from 'next/link';
import type { ClipRow } from '@/lib/jobs/clip-row.ts';
import { dayOf } from '@/lib/query/days.ts';
import { queryString, type JobQuery } from '@/lib/query/job-query.ts';
import styles from './clips.module.css';

interface Props {
  query: JobQuery;
  /** Those of one page. */
  rows: readonly ClipRow[];
}

/** A view of clips as files, and as the report of a day. */
export function TakeAlong({ query, rows }: Props) {
  const address = queryString({ ...query, page: 1, pageSize: 50 });
  const day = query.day ?? latestDay(rows);
  return (
    <p className={styles.exports}>
      <a href={`/clips.csv${address}`}>Export as CSV</a>
      <a href={`/clips.json${address}`}>Export as JSON</a>
      <Link href={`/report${queryString({ ...query, day, page: 1, pageSize: 50 })}`}>
        Report of {day}
      </Link>
    </p>
  );
}

/** A view without a day leads to the latest one of what it shows. */
function latestDay(rows: readonly ClipRow[]): string {
  const ended = rows.filter(({ state }) => state === 'completed' || state === 'failed');
  return dayOf(ended.length === 0 ? Date.now() : Math.max(...ended.map(({ when }) => when)));
}
