import { NEXT_STEPS } from '@/lib/format/next-steps.ts';
import { madeOf } from '@/lib/format/outcome-words.ts';
import { type JobRow } from '@/lib/jobs/job-row.ts';
import type { ResultHead } from '@/lib/reading/narrow-result.ts';
import { counted } from '@/lib/text/quantities.ts';
import type { LaterTry } from '@/lib/query/later-try.ts';
import { GoOn, isSuperseded, TriedSince } from './later-steps.tsx';
import { isTakenCareOf, OthersAsk, Retried } from './retried-steps.tsx';
import { RetryCommand } from './retry-command.tsx';
import styles from './job.module.css';

interface Props {
  row: JobRow;
  result: ResultHead | null;
  /** The watch folder as this machine calls it. */
  folderPath: string;
  /** A job that failed at the same clips since; `null` when none did. */
  later: LaterTry | null;
}

/** What to do about a failure, in words: the dashboard itself changes nothing. */
export function NextSteps({ row, result, folderPath, later }: Props) {
  if (row.state === 'pending' || row.state === 'running') return null;
  if (row.problem !== null) return <UnclearSteps row={row} isRead={result !== null} />;
  if (row.state !== 'failed' || result === null || result.failure_type === null) return null;
  const { failure_type } = result;
  if (row.outcome !== null && madeOf(row.outcome) !== null) return <NothingLeft />;
  if (isTakenCareOf(row.outcome)) return <Retried outcome={row.outcome} />;
  if (isSuperseded(row.outcome, later)) return <GoOn later={later} />;
  const own = result.completed_clips;
  const { who, again, advice } = NEXT_STEPS[failure_type];
  return (
    <section className={styles.section} aria-labelledby="next">
      <h2 id="next">What to do next</h2>
      <div className={styles.steps}>
        <p>{advice}</p>
        <p className={styles.soft}>{who} can do this.</p>
        <Finished own={own} count={own + madeElsewhere(row.outcome)} />
        {own > 0 && <MadeElsewhere count={madeElsewhere(row.outcome)} />}
        <OthersAsk outcome={row.outcome} />
        {later !== null && <TriedSince later={later} />}
        <p>
          {again === 'corrected'
            ? 'The same file would be refused again. Correct it first, and then hand it to the runner once more:'
            : 'The runner tries nothing again by itself. Once the cause is gone, hand the job to it once more:'}
        </p>
        <RetryCommand folderPath={folderPath} name={row.name} isRest={own > 0} />
      </div>
    </section>
  );
}

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
        : 'the JobSpec.'}
    </p>
  );
}

/** A person who takes out what this job made would leave these in. */
function MadeElsewhere({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <p>
      Other jobs made {counted(count, 'clip')} of it. The list of clips not made says which: take{' '}
      {count === 1 ? 'its source' : 'their sources'} out, too.
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
