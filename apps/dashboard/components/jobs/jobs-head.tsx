import { soFar, type Reading } from '@/lib/format/so-far.ts';
import { counted, formatCount } from '@/lib/text/quantities.ts';
import { queryString, type JobQuery } from '@/lib/query/job-query.ts';
import styles from './jobs.module.css';

interface Props {
  index: Reading;
  query: JobQuery;
  total: number;
  /** Of them in completed/ or failed/: nobody can tell what became of them. */
  unclear: number;
}

/** How many jobs a view holds, and ways to take them along: all of them, whatever the page. */
export function JobsHead({ index, query, total, unclear }: Props) {
  const view = queryString({ ...query, page: 1, pageSize: 50 });
  return (
    <div className={styles.head}>
      <div>
        <h1>Jobs</h1>
        <p className={styles.total} role="status">
          {soFar(index, jobsSentence(total, unclear))}
        </p>
      </div>
      <p className={styles.exports}>
        <a href={`/jobs.csv${view}`}>Export as CSV</a>
        <a href={`/jobs.json${view}`}>Export as JSON</a>
      </p>
    </div>
  );
}

/** Sums of jobs leave out those of which nothing is known; a list has them. */
function jobsSentence(total: number, unclear: number): string {
  const jobs = counted(total, 'job');
  return unclear === 0 ? jobs : `${jobs}, ${formatCount(unclear)} of them not known`;
}
