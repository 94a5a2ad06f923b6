import Link from 'next/link';
import { Moment } from '@/components/text/moment.tsx';
import { Name } from '@/components/text/name.tsx';
import { Sentence } from '@/components/text/sentence.tsx';
import { Status } from '@/components/text/status.tsx';
import { causeSentence, plainReason } from '@/lib/format/plain-reason.ts';
import { counted, fileNameOf } from '@/lib/text/quantities.ts';
import { verdictOf } from '@/lib/format/sentences.ts';
import type { WatchIndex } from '@/lib/live/watch-index.ts';
import { DEFAULT_QUERY, queryString } from '@/lib/query/job-query.ts';
import { jobPath } from '@/lib/query/job-path.ts';
import { latestCauses, type Cause } from '@/lib/query/causes.ts';
import { failedSourceOf } from '@/lib/query/clip-rows.ts';
import styles from './overview.module.css';

const SHOWN = 8;
const REASON_LIMIT = 240;

/** What failed lately, by its cause: what is still open first. */
export function LatestFailures({ index }: { index: WatchIndex }) {
  const causes = latestCauses(index, SHOWN, Date.now());
  const ordered = causes.toSorted((a, b) => Number(a.isMadeGood) - Number(b.isMadeGood));
  return (
    <section className={styles.section} aria-labelledby="failures">
      <h2 id="failures">Latest failures, by cause</h2>
      {causes.length === 0 ? (
        <p className={styles.soft}>No job has failed in the last 14 days.</p>
      ) : (
        <ul className={styles.list}>
          {ordered.map((cause) => (
            <Failure key={cause.job.id} index={index} cause={cause} />
          ))}
        </ul>
      )}
      <p>
        <Link href={`/jobs${queryString({ ...DEFAULT_QUERY, state: 'failed' })}`}>
          All failed jobs
        </Link>
      </p>
    </section>
  );
}

function Failure({ index, cause }: { index: WatchIndex; cause: Cause }) {
  const { job } = cause;
  const source = failedSourceOf(index, job);
  return (
    <li className={styles.item} data-open={!cause.isMadeGood}>
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
