import { jobNameOf, type JobState } from '@app/jobspec/folder';
import type { FailureType } from '@app/jobspec/result';
import type { JobOutcome, JobRow, Retry } from '../jobs/job-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { RELATIONS } from '../store/relations.ts';
import { CLIPS_OF_A_JOB } from '../store/schema.ts';
import { IS_MADE, IS_TO_COME } from './attempt-conditions.ts';
import { jobAtWork } from './clips-at-work.ts';

const { madeGood, madeSince, madeBefore } = RELATIONS;

interface Counted extends Omit<JobOutcome, 'by' | 'retry'> {
  id: number;
  /** Clips that were made, of those that it failed at, that it never came to, and that were there before. */
  by_good: number | null;
  by_since: number | null;
  by_before: number | null;
  /** The clip of a retry. */
  retry: number | null;
}

const COUNTED = `SELECT job.id, count(*) AS unmade, total(NOT ${IS_MADE}) AS open,
    total(clip.relation = ${madeGood}) AS good, total(clip.relation = ${madeSince}) AS since, total(clip.relation = ${madeBefore}) AS before,
    count(DISTINCT clip.other / ${CLIPS_OF_A_JOB}) AS jobs, max(CASE WHEN clip.relation = ${madeGood} THEN clip.other END) AS by_good,
    max(CASE WHEN clip.relation = ${madeSince} THEN clip.other END) AS by_since,
    max(CASE WHEN clip.relation = ${madeBefore} THEN clip.other END) AS by_before,
    total(NOT ${IS_MADE} AND ${IS_TO_COME}) AS retried, max(CASE WHEN NOT ${IS_MADE} AND ${IS_TO_COME} THEN decider.id END) AS retry
  FROM json_each(?) AS asked CROSS JOIN job ON job.id = asked.value
  CROSS JOIN clip ON clip.id >= job.id * ${CLIPS_OF_A_JOB} AND clip.id < (job.id + 1) * ${CLIPS_OF_A_JOB}
  LEFT JOIN clip AS decider ON decider.id = clip.decider
  WHERE clip.status < 3 GROUP BY job.id`;

/** Nobody knows what was asked for: no proxy can be it. */
const UNCLEAR: ReadonlySet<FailureType | null> = new Set([
  'InvalidJsonError',
  'JobSpecValidationError',
]);

/** Adds to failed jobs what became of the clips that they didn't make. */
export function withOutcomes(index: WatchIndex, rows: JobRow[]): JobRow[] {
  const failed = rows.filter(
    ({ state, failure_type }) => state === 'failed' && !UNCLEAR.has(failure_type),
  );
  if (failed.length === 0) return rows;
  const counted = index.ask<Counted>(COUNTED, JSON.stringify(failed.map(({ id }) => id)));
  const makers = makersOf(index, counted);
  const outcomes = new Map(
    counted.map((job): [number, JobOutcome] => {
      const { unmade, open, good, before, jobs, retried } = job;
      const by = makers.get(makerOf(job) ?? -1) ?? null;
      const retry = retryOf(index, makers.get(jobOf(job.retry) ?? -1));
      const since = good + job.since;
      return [job.id, { unmade, open, good, since, before, jobs, by, retried, retry }];
    }),
  );
  return rows.map((row) => ({ ...row, outcome: completeOf(row, outcomes.get(row.id) ?? null) }));
}

/** Clips that the index knows nothing of are not made. */
function completeOf(row: JobRow, outcome: JobOutcome | null): JobOutcome | null {
  if (outcome === null) return null;
  const left = (row.total_clips ?? 0) - (row.completed_clips ?? 0);
  const unknown = Math.max(0, left - outcome.unmade);
  return { ...outcome, unmade: outcome.unmade + unknown, open: outcome.open + unknown };
}

function makerOf({ by_good, by_since, by_before }: Counted): number | null {
  return jobOf(by_good ?? by_since ?? by_before);
}

function jobOf(clip: number | null): number | null {
  return clip === null ? null : Math.floor(clip / CLIPS_OF_A_JOB);
}

function retryOf(index: WatchIndex, job: Omit<Retry, 'isAtWork'> | undefined): Retry | null {
  if (job === undefined) return null;
  return { ...job, isAtWork: jobAtWork(index, job.folder, job.name).isAtWork };
}

function makersOf(index: WatchIndex, counted: readonly Counted[]) {
  const ids = counted.flatMap((job) => [makerOf(job) ?? [], jobOf(job.retry) ?? []].flat());
  const found =
    ids.length === 0
      ? []
      : index.ask<{ id: number; folder: string; state: JobState; base: string }>(
          `SELECT job.id, place.folder, place.state, job.base FROM job JOIN place ON place.id = job.place
           WHERE job.id IN (SELECT value FROM json_each(?))`,
          JSON.stringify(ids),
        );
  return new Map(
    found.map(({ id, folder, state, base }) => [id, { folder, state, name: jobNameOf(base) }]),
  );
}
