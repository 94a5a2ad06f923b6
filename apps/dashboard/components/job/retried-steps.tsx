import type { JobOutcome } from '@/lib/jobs/job-row.ts';
import { RetryNote } from './retry-note.tsx';
import styles from './job.module.css';

/** Whether nothing is open but what other jobs asked for: they are to come, or nobody can tell what became of them. */
export function isTakenCareOf(outcome: JobOutcome | null): outcome is JobOutcome {
  return (
    outcome !== null &&
    outcome.retryJobs + outcome.unclearJobs > 0 &&
    outcome.retried >= outcome.open
  );
}

/** To hand it in now would ask for the same proxies twice. */
export function Retried({ outcome }: { outcome: JobOutcome }) {
  return (
    <section className={styles.section} aria-labelledby="next">
      <h2 id="next">What to do next</h2>
      <div className={styles.steps}>
        <p>{firstOf(outcome)}</p>
        <RetryNote outcome={outcome} />
      </div>
    </section>
  );
}

function firstOf({ retries, retryJobs, unclearJobs }: JobOutcome): string {
  if (unclearJobs > 0)
    return 'Nothing is to be handed in now. Look at the retry first: its result can’t be relied on, and the runner overwrites no proxy that is there.';
  if (retries.some(({ state, isAtWork }) => state === 'running' && !isAtWork))
    return 'Start the runner again: it records the retry as interrupted. Only then is there something to hand in.';
  const start = retries.some(({ isAtWork }) => !isAtWork)
    ? retryJobs === 1
      ? ' Start a runner for the folder that it waits in.'
      : ' Start a runner for the folders that they wait in.'
    : '';
  return retryJobs === 1
    ? `Nothing is to be handed in now: a retry asks for all clips that are open.${start}`
    : `Nothing is to be handed in now: ${retryJobs} retries ask for all clips that are open.${start}`;
}

/** What else a retry must not ask for. */
export function OthersAsk({ outcome }: { outcome: JobOutcome | null }) {
  if (outcome === null) return null;
  const { retryJobs, unclearJobs } = outcome;
  return (
    <>
      {retryJobs > 0 && (
        <p>
          Take the sources that {retryJobs === 1 ? 'the retry asks' : 'the retries ask'} for out of
          the JobSpec, too.
        </p>
      )}
      {unclearJobs > 0 && (
        <p>
          Some proxies may be there, made by a job whose result can’t be relied on. Look at it
          first, and take out their sources, too.
        </p>
      )}
    </>
  );
}
