import { NEXT_STEPS } from '@/lib/format/next-steps.ts';
import type { JobRow } from '@/lib/jobs/job-row.ts';
import type { RestOfJob } from '@/lib/query/rest-of-job.ts';
import type { ResultHead } from '@/lib/reading/narrow-result.ts';
import { TriedSince } from './later-steps.tsx';
import { Left } from './left.tsx';
import { OthersAsk } from './retried-steps.tsx';
import { RetryCommand } from './retry-command.tsx';
import styles from './job.module.css';

interface Props extends RestOfJob {
  row: JobRow;
  result: ResultHead;
  /** The watch folder as this machine calls it. */
  folderPath: string;
}

/** How a failed job, or the rest of it, is handed in once more. */
export function RetrySteps({ row, result, later, left, isNumbered, folderPath }: Props) {
  if (result.failure_type === null) return null;
  const own = result.completed_clips;
  const elsewhere = madeElsewhere(row.outcome);
  const isRest = own + elsewhere + (row.outcome?.retried ?? 0) > 0;
  const { who, again, advice } = NEXT_STEPS[result.failure_type];
  return (
    <section className={styles.section} aria-labelledby="next">
      <h2 id="next">What to do next</h2>
      <div className={styles.steps}>
        <p>{isInTheWay({ row, result }) ? FINISHED_BEFORE : advice}</p>
        <p className={styles.soft}>{who} can do this.</p>
        <Finished own={own} count={own + elsewhere} />
        <OthersAsk outcome={row.outcome} />
        {isRest && <Left left={left} />}
        {isRest && isNumbered && <p>{NUMBERS_BEGIN_AGAIN}</p>}
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

const NUMBERS_BEGIN_AGAIN =
  'Its naming_template holds {index}, which begins again in the copy: choose another one there, or names of finished proxies come up once more.';

/** Whether the file that a job must not overwrite is what it asks for. */
function isInTheWay({ row, result }: Pick<Props, 'row' | 'result'>): boolean {
  return result.failure_type === 'OutputCollisionError' && (row.outcome?.before ?? 0) > 0;
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
      {proxies} kept, and the runner overwrites nothing: take {sources} out of a copy of the
      JobSpec.
      {own > 0 && ' Leave this job and its result where they lie: they tell of what it made.'}
    </p>
  );
}
