import Link from 'next/link';
import { Moment } from '@/components/text/moment.tsx';
import { Status } from '@/components/text/status.tsx';
import { Name, Sentence } from '@/components/text/words.tsx';
import { isCauseOpen, plainReason, verdictOf } from '@/lib/format/sentences.ts';
import type { Cause } from '@/lib/query/causes.ts';
import { jobPath } from '@/lib/query/job-path.ts';
import { fileNameOf } from '@/lib/text/quantities.ts';
import { CauseNote } from './cause-note.tsx';
import styles from './overview.module.css';

const REASON_LIMIT = 240;

/** The latest of the jobs that failed for one cause. */
export function FailureItem({ cause }: { cause: Cause }) {
  const { job, source } = cause;
  return (
    <li className={styles.item} data-open={isCauseOpen(cause)}>
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
      <CauseNote cause={cause} />
    </li>
  );
}
