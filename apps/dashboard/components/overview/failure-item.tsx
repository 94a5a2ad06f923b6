import Link from 'next/link';
import { Moment } from '@/components/text/moment.tsx';
import { Status } from '@/components/text/status.tsx';
import { Name, Sentence } from '@/components/text/words.tsx';
import { causeSentence, plainReason, verdictOf } from '@/lib/format/sentences.ts';
import type { Cause } from '@/lib/query/causes.ts';
import { jobPath } from '@/lib/query/job-path.ts';
import { DEFAULT_QUERY, queryString } from '@/lib/query/job-query.ts';
import { counted, fileNameOf } from '@/lib/text/quantities.ts';
import styles from './overview.module.css';

const REASON_LIMIT = 240;

/** The latest of the jobs that failed for one cause. */
export function FailureItem({ cause }: { cause: Cause }) {
  const { job, source } = cause;
  return (
    <li className={styles.item} data-open={cause.made === null}>
      <Link href={jobPath(job)}>
        <Name value={job.name} />
      </Link>
      <span className={styles.aside}>
        <Moment at={job.when} />
      </span>
      <span className={styles.detail}>
        <Status verdict={verdictOf(job)} />
        {source !== null && <Name value={fileNameOf(source)} limit={160} />}
        <Sentence
          value={job.problem ?? plainReason(job.failure_type, job.failure_reason)}
          limit={REASON_LIMIT}
        />
      </span>
      <span className={styles.cause}>
        <OthersOf cause={cause} />
        <span>{causeSentence(cause)}</span>
      </span>
    </li>
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
