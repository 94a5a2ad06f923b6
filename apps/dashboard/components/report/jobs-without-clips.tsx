import { Name, Sentence } from '@/components/text/words.tsx';
import { plainReason } from '@/lib/format/sentences.ts';
import type { WatchIndex } from '@/lib/live/watch-index.ts';
import { cliplessJobs } from '@/lib/query/clipless-jobs.ts';
import type { JobQuery } from '@/lib/query/job-query.ts';
import styles from './report.module.css';

/** On paper nobody follows a link. */
const MOST = 200;

/** Jobs that no sum of clips has, with their reasons. */
export function JobsWithoutClips({ index, query }: { index: WatchIndex; query: JobQuery }) {
  const jobs = cliplessJobs(index, query, MOST);
  if (jobs.length === 0) return null;
  return (
    <ul aria-label="Jobs without clips">
      {jobs.map(({ id, name, failure_type, failure_reason }) => (
        <li key={id} className={styles.reason}>
          <Name value={name} />:{' '}
          <Sentence value={plainReason(failure_type, failure_reason)} limit={300} />
        </li>
      ))}
    </ul>
  );
}
