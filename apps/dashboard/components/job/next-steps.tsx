import { NEXT_STEPS } from '@/lib/format/next-steps.ts';
import { madeOf } from '@/lib/format/outcome-words.ts';
import { type JobRow } from '@/lib/jobs/job-row.ts';
import type { OpenJob } from '@/lib/query/open-job.ts';
import { GoOn, isSuperseded, TriedSince } from './later-steps.tsx';
import { isTakenCareOf, OthersAsk, Retried } from './retried-steps.tsx';
import { Left } from './left.tsx';
import { RetryCommand } from './retry-command.tsx';
import styles from './job.module.css';

interface Props {
  job: Pick<OpenJob, 'row' | 'result' | 'later' | 'left'>;
  /** The watch folder as this machine calls it. */
  folderPath: string;
}

/** What to do about a failure, in words: the dashboard itself changes nothing. */
export function NextSteps({ job: { row, result, later, left }, folderPath }: Props) {
  if (row.state === 'pending' || row.state === 'running') return null;
  if (row.problem !== null) return <UnclearSteps row={row} isRead={result !== null} />;
  if (row.state !== 'failed' || result === null || result.failure_type === null) return null;
  const { failure_type } = result;
  const [retried, before] = [row.outcome?.retried ?? 0, row.outcome?.before ?? 0];
  if (row.outcome !== null && madeOf(row.outcome) !== null) return <NothingLeft />;
  if (isTakenCareOf(row.outcome)) return <Retried outcome={row.outcome} />;
  if (isSuperseded(row.outcome, later)) return <GoOn later={later} />;
  const own = result.completed_clips;
  const elsewhere = madeElsewhere(row.outcome);
  const isRest = own + elsewhere + retried > 0;
  const { who, again, advice } = NEXT_STEPS[failure_type];
  const isInTheWay = failure_type === 'OutputCollisionError' && before > 0;
  return (
    <section className={styles.section} aria-labelledby="next">
      <h2 id="next">What to do next</h2>
      <div className={styles.steps}>
        <p>{isInTheWay ? FINISHED_BEFORE : advice}</p>
        <p className={styles.soft}>{who} can do this.</p>
        <Finished own={own} count={own + elsewhere} />
        <OthersAsk outcome={row.outcome} />
        {isRest && <Left left={left} />}
        {later !== null && <TriedSince later={later} />}
        <p>
          {again === 'corrected'
            ? 'The same file would be refused again. Correct it first, and then hand it to the runner once more:'
            : 'The runner tries nothing again by itself. Once the cause is gone, hand the job to it once more:'}
        </p>
        <RetryCommand folderPath={folderPath} name={row.name} isRest={isRest} />
      </div>
    </section>
  );
}

const FINISHED_BEFORE =
  'What is in the way is a finished proxy of the same clip, which another job made. Leave it where it is.';

function madeElsewhere(outcome: JobRow['outcome']): number {
  return outcome === null ? 0 : outcome.since + outcome.before;
}

/** What would be in the way of a retry, and what a retry must not take away. */
function Finished({ own, count }: { own: number; count: number }) {
  if (count === 0) return null;
  const [proxies, sources] =
    count === 1
      ? ['The finished proxy is', 'its source']
      : ['Finished proxies are', 'their sources'];
  return (
    <p>
      {proxies} kept, and the runner overwrites nothing: take {sources} out of{' '}
      {own > 0
        ? 'a copy of the JobSpec. Leave this job and its result where they lie: they tell of what it made.'
        : 'a copy of the JobSpec.'}
    </p>
  );
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
