import { madeOf } from '@/lib/format/outcome-words.ts';
import { type JobRow } from '@/lib/jobs/job-row.ts';
import type { OpenJob } from '@/lib/query/open-job.ts';
import { GoOn, isSuperseded } from './later-steps.tsx';
import { isTakenCareOf, Retried } from './retried-steps.tsx';
import { RetrySteps } from './retry-steps.tsx';
import styles from './job.module.css';

interface Props {
  job: Pick<OpenJob, 'row' | 'result' | 'later' | 'left' | 'isNumbered'>;
  /** The watch folder as this machine calls it. */
  folderPath: string;
}

/** What to do about a failure, in words: the dashboard itself changes nothing. */
export function NextSteps({ job, folderPath }: Props) {
  const { row, result, later } = job;
  if (row.state === 'pending' || row.state === 'running') return null;
  if (row.problem !== null) return <UnclearSteps row={row} isRead={result !== null} />;
  if (row.state !== 'failed' || result === null || result.failure_type === null) return null;
  if (row.outcome !== null && madeOf(row.outcome) !== null) return <NothingLeft />;
  if (isTakenCareOf(row.outcome)) return <Retried outcome={row.outcome} />;
  if (isSuperseded(row.outcome, later)) return <GoOn later={later} />;
  return <RetrySteps {...job} result={result} folderPath={folderPath} />;
}

/** Its clips are there: the same job would only be refused. */
function NothingLeft() {
  return (
    <section className={styles.section} aria-labelledby="next">
      <h2 id="next">What to do next</h2>
      <div className={styles.steps}>
        <p>Nothing is left to do: there is a proxy of each of its clips.</p>
      </div>
    </section>
  );
}

/** Of a job whose result can't be relied on nothing can be told but where to look. */
function UnclearSteps({ row, isRead }: { row: JobRow; isRead: boolean }) {
  return (
    <section className={styles.section} aria-labelledby="next">
      <h2 id="next">What to do next</h2>
      <div className={styles.steps}>
        <p>
          {isRead
            ? 'The clips below are as the runner left them. Move the job and its result back to the folder of their verdict.'
            : `If the runner is still writing the result, this page follows within seconds. Otherwise look at the file itself, in ${row.state}/ of the watch folder, and see in the job’s output folder which proxies are there.`}
        </p>
        <p className={styles.soft}>The facility engineer can do this.</p>
        <p>
          To make the proxies once more, move away those that exist, move the JobSpec back to
          pending/ and delete the result: the runner overwrites nothing.
        </p>
      </div>
    </section>
  );
}
