import { soFar, type Reading } from '@/lib/format/so-far.ts';
import { counted } from '@/lib/text/quantities.ts';
import { queryString, type JobQuery } from '@/lib/query/job-query.ts';
import styles from './jobs.module.css';

interface Props {
  index: Reading;
  query: JobQuery;
  total: number;
}

/** How many jobs a view holds, and ways to take them along: all of them, whatever the page. */
export function JobsHead({ index, query, total }: Props) {
  const view = queryString({ ...query, page: 1, pageSize: 50 });
  return (
    <div className={styles.head}>
      <div>
        <h1>Jobs</h1>
        <p className={styles.total} role="status">
          {soFar(index, counted(total, 'job'))}
        </p>
      </div>
      <p className={styles.exports}>
        <a href={`/jobs.csv${view}`}>Export as CSV</a>
        <a href={`/jobs.json${view}`}>Export as JSON</a>
      </p>
    </div>
  );
}
