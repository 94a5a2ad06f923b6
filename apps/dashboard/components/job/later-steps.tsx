import { Fragment } from 'react';
import Link from 'next/link';
import { Name } from '@/components/text/words.tsx';
import type { JobOutcome } from '@/lib/jobs/job-row.ts';
import { jobPath } from '@/lib/query/job-path.ts';
import type { LaterTry } from '@/lib/query/later-try.ts';
import { counted } from '@/lib/text/quantities.ts';
import styles from './job.module.css';

/** Whether all that is open of a job was tried since: what became of it says more than what happened then. */
export function isSuperseded(
  outcome: JobOutcome | null,
  later: LaterTry | null,
): later is LaterTry {
  return outcome !== null && later !== null && later.clips >= outcome.open;
}

/** Where a retry has failed, it tells why, and what is left to make. */
export function GoOn({ later }: { later: LaterTry }) {
  return (
    <section className={styles.section} aria-labelledby="next">
      <h2 id="next">What to do next</h2>
      <div className={styles.steps}>
        <p>
          {later.jobs.length === 1
            ? 'Go on from another job: it tried since what is open here, and failed, too. Its page says why, and what to hand in:'
            : 'Go on from other jobs: they tried since what is open here, and failed, too. Their pages say why, and what to hand in:'}{' '}
          <LaterLinks later={later} />
        </p>
      </div>
    </section>
  );
}

/** The same of a part of them. */
export function TriedSince({ later }: { later: LaterTry }) {
  return (
    <p>
      {counted(later.clips, 'clip')} that {later.clips === 1 ? 'is' : 'are'} open failed again
      since, or {later.clips === 1 ? 'was' : 'were'} not reached. See first why:{' '}
      <LaterLinks later={later} />
    </p>
  );
}

function LaterLinks({ later: { jobs } }: { later: LaterTry }) {
  return jobs.map((job, at) => (
    <Fragment key={jobPath(job)}>
      {at > 0 && ', '}
      <Link href={jobPath(job)} prefetch={false}>
        <Name value={job.name} limit={160} />
      </Link>
    </Fragment>
  ));
}
