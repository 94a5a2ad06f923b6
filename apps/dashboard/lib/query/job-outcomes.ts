import { jobNameOf, type JobState } from '@app/jobspec/folder';
import type { FailureType } from '@app/jobspec/result';
import { isAtWork } from '../jobs/folder-view.ts';
import type { JobOutcome, JobRow, OtherJob, Retry } from '../jobs/job-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { RELATIONS } from '../store/relations.ts';
import { CLIPS_OF_A_JOB } from '../store/schema.ts';
import { IS_MADE, IS_TO_COME, IS_UNCLEAR } from './attempt-conditions.ts';
import { jobAtWork } from './clips-at-work.ts';

const { madeGood, madeSince, madeBefore } = RELATIONS;

interface Counted extends Pick<
  JobOutcome,
  'unmade' | 'open' | 'unclear' | 'good' | 'since' | 'before' | 'jobs' | 'retried'
> {
  id: number;
  /** Clips that were made, of those that it failed at, that it never came to, and that were there before. */
  by_good: number | null;
  by_since: number | null;
  by_before: number | null;
  /** Jobs, parted by commas. */
  retries: string | null;
  unclear_by: string | null;
}

const JOB_OF_DECIDER = `decider.id / ${CLIPS_OF_A_JOB}`;

const COUNTED = `SELECT job.id, count(*) AS unmade, total(NOT ${IS_MADE} AND NOT ${IS_UNCLEAR}) AS open,
    total(NOT ${IS_MADE} AND ${IS_UNCLEAR}) AS unclear, group_concat(DISTINCT CASE WHEN NOT ${IS_MADE} AND ${IS_UNCLEAR} THEN ${JOB_OF_DECIDER} END) AS unclear_by,
    total(clip.relation = ${madeGood}) AS good, total(clip.relation = ${madeSince}) AS since, total(clip.relation = ${madeBefore}) AS before,
    count(DISTINCT clip.other / ${CLIPS_OF_A_JOB}) AS jobs, max(CASE WHEN clip.relation = ${madeGood} THEN clip.other END) AS by_good,
    max(CASE WHEN clip.relation = ${madeSince} THEN clip.other END) AS by_since,
    max(CASE WHEN clip.relation = ${madeBefore} THEN clip.other END) AS by_before,
    total(NOT ${IS_MADE} AND ${IS_TO_COME}) AS retried, group_concat(DISTINCT CASE WHEN NOT ${IS_MADE} AND ${IS_TO_COME} THEN ${JOB_OF_DECIDER} END) AS retries
  FROM json_each(?) AS asked CROSS JOIN job ON job.id = asked.value
  CROSS JOIN clip ON clip.id >= job.id * ${CLIPS_OF_A_JOB} AND clip.id < (job.id + 1) * ${CLIPS_OF_A_JOB}
  LEFT JOIN clip AS decider ON decider.id = clip.decider
  WHERE clip.status < 3 GROUP BY job.id`;

/** So many retries are named. */
const NAMED = 3;

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
  const others = othersOf(index, counted);
  const outcomes = new Map(counted.map((job) => [job.id, outcomeOf(index, job, others)]));
  return rows.map((row) => ({ ...row, outcome: completeOf(row, outcomes.get(row.id) ?? null) }));
}

function outcomeOf(
  index: WatchIndex,
  counted: Counted,
  others: ReadonlyMap<number, OtherJob>,
): JobOutcome {
  const { unmade, open, unclear, good, since, before, jobs, retried } = counted;
  const [retries, unclearJobs] = [counted.retries, counted.unclear_by].map(latestFirst);
  const named = retries?.slice(0, NAMED).flatMap((other) => others.get(other) ?? []) ?? [];
  return {
    unmade,
    open,
    unclear,
    good,
    since: good + since,
    before,
    jobs,
    retried,
    by: others.get(makerOf(counted) ?? -1) ?? null,
    retryJobs: retries?.length ?? 0,
    retries: named.map((other) => retryOf(index, other)),
    unclearJobs: unclearJobs?.length ?? 0,
    unclearBy: others.get(unclearJobs?.[0] ?? -1) ?? null,
    isOwnUnclear: false,
  };
}

function makerOf({ by_good, by_since, by_before }: Counted): number | null {
  return jobOf(by_good ?? by_since ?? by_before);
}

/** Clips that the index knows nothing of are not made. */
function completeOf(row: JobRow, outcome: JobOutcome | null): JobOutcome | null {
  if (outcome === null) return null;
  const isOwnUnclear = row.problem !== null;
  if (isOwnUnclear) return { ...outcome, isOwnUnclear };
  const left = (row.total_clips ?? 0) - (row.completed_clips ?? 0);
  const unknown = Math.max(0, left - outcome.unmade);
  return { ...outcome, unmade: outcome.unmade + unknown, open: outcome.open + unknown };
}

function latestFirst(jobs: string | null): number[] {
  return (jobs ?? '')
    .split(',')
    .filter((id) => id !== '')
    .map(Number)
    .toSorted((a, b) => b - a);
}

function jobOf(clip: number | null): number | null {
  return clip === null ? null : Math.floor(clip / CLIPS_OF_A_JOB);
}

function retryOf(index: WatchIndex, job: OtherJob): Retry {
  const { folder, state, name } = job;
  const runner = index.folder(folder)?.runner;
  const isServed = runner !== undefined && isAtWork(runner);
  return {
    ...job,
    isAtWork: state === 'pending' ? isServed : jobAtWork(index, folder, name).isAtWork,
  };
}

/** The jobs that outcomes name, by their ids. */
function othersOf(index: WatchIndex, counted: readonly Counted[]): ReadonlyMap<number, OtherJob> {
  const ids = counted.flatMap((job) => [
    ...latestFirst(job.retries).slice(0, NAMED),
    ...latestFirst(job.unclear_by).slice(0, 1),
    makerOf(job) ?? -1,
  ]);
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
