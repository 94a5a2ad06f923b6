import Link from 'next/link';
import { JobOutcome } from '@/components/job/job-outcome.tsx';
import { Name, Sentence } from '@/components/text/words.tsx';
import { plainReason } from '@/lib/format/sentences.ts';
import type { JobRow } from '@/lib/jobs/job-row.ts';
import { jobPath } from '@/lib/query/job-path.ts';
import styles from './jobs.module.css';

const REASON_LIMIT = 200;

/** Which job this is, why it failed, and what became of its clips since. */
export function JobName({ row }: { row: JobRow }) {
  const failed = row.failure_type !== null || row.failure_reason !== null;
  const why = row.problem ?? (failed ? plainReason(row.failure_type, row.failure_reason) : null);
  return (
    <>
      <Link href={jobPath(row)} prefetch={false}>
        <Name value={row.name} />
      </Link>
      {row.job_id !== null && ' '}
      {row.job_id !== null && (
        <span className={styles.jobId}>
          <Name value={row.job_id} limit={128} />
        </span>
      )}
      {why !== null && (
        <p className={styles.reason}>
          <Sentence value={why} limit={REASON_LIMIT} />
        </p>
      )}
      <JobOutcome outcome={row.outcome} className={styles.made} />
    </>
  );
}
