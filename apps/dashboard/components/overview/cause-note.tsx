import Link from 'next/link';
import { RetryNote } from '@/components/job/retry-note.tsx';
import { Name } from '@/components/text/words.tsx';
import { causeSentence } from '@/lib/format/sentences.ts';
import type { Cause } from '@/lib/query/causes.ts';
import { DEFAULT_QUERY, queryString } from '@/lib/query/job-query.ts';
import { jobPath } from '@/lib/query/job-path.ts';
import { counted } from '@/lib/text/quantities.ts';
import { LastGoodOne } from './last-good-one.tsx';
import styles from './overview.module.css';

/** Whether somebody is still needed for failures of a cause, and who has taken care of it. */
export function CauseNote({ cause }: { cause: Cause }) {
  return (
    <div className={styles.cause}>
      <OthersOf cause={cause} />
      <span className={styles.open}>{causeSentence(cause)}</span>
      {cause.needed !== null && (
        <span className={styles.open}>
          Left open by{' '}
          <Link href={jobPath(cause.needed)} prefetch={false}>
            <Name value={cause.needed.name} limit={160} />
          </Link>
        </span>
      )}
      {cause.lastGood !== null && <LastGoodOne lastGood={cause.lastGood} />}
      <RetryNote outcome={(cause.needed ?? cause.job).outcome} />
    </div>
  );
}

/** The other jobs of the same type of failure. */
function OthersOf({ cause: { job, jobs } }: { cause: Cause }) {
  if (jobs === 1) return null;
  const view = { state: 'failed', failure_type: job.failure_type, folder: null } as const;
  return (
    <Link href={`/jobs${queryString({ ...DEFAULT_QUERY, ...view })}`}>
      Same cause: {counted(jobs, 'job')}
    </Link>
  );
}
