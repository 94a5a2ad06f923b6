import { jobNameOf, type JobState } from '@app/jobspec/folder';
import type { FailureType } from '@app/jobspec/result';
import type { JobOutcome, JobRow } from '../jobs/job-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { RELATIONS } from '../store/relations.ts';
import { CLIPS_OF_A_JOB } from '../store/schema.ts';

const { madeGood, madeSince, madeBefore } = RELATIONS;

interface Counted extends Omit<JobOutcome, 'by'> {
  id: number;
  /** Clips that were made, of those that it failed at, that it never came to, and that were there before. */
  by_good: number | null;
  by_since: number | null;
  by_before: number | null;
}

const COUNTED = `SELECT job.id, count(*) AS unmade, total(clip.latest) AS open,
    total(relation = ${madeGood}) AS good, total(relation = ${madeSince}) AS since, total(relation = ${madeBefore}) AS before,
    count(DISTINCT other / ${CLIPS_OF_A_JOB}) AS jobs, max(CASE WHEN relation = ${madeGood} THEN other END) AS by_good,
    max(CASE WHEN relation = ${madeSince} THEN other END) AS by_since, max(CASE WHEN relation = ${madeBefore} THEN other END) AS by_before
  FROM json_each(?) AS asked CROSS JOIN job ON job.id = asked.value
  CROSS JOIN clip ON clip.id >= job.id * ${CLIPS_OF_A_JOB} AND clip.id < (job.id + 1) * ${CLIPS_OF_A_JOB}
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
      const { unmade, open, good, before, jobs } = job;
      const by = makers.get(makerOf(job) ?? -1) ?? null;
      return [job.id, { unmade, open, good, since: good + job.since, before, jobs, by }];
    }),
  );
  return rows.map((row) => ({ ...row, outcome: completeOf(row, outcomes.get(row.id) ?? null) }));
}

/** Clips that the index knows nothing of are not made. */
function completeOf(row: JobRow, outcome: JobOutcome | null): JobOutcome | null {
  if (outcome === null) return null;
  const left = (row.total_clips ?? 0) - (row.completed_clips ?? 0);
  return { ...outcome, unmade: Math.max(outcome.unmade, left) };
}

function makerOf({ by_good, by_since, by_before }: Counted): number | null {
  const clip = by_good ?? by_since ?? by_before;
  return clip === null ? null : Math.floor(clip / CLIPS_OF_A_JOB);
}

function makersOf(index: WatchIndex, counted: readonly Counted[]) {
  const ids = counted.flatMap((job) => makerOf(job) ?? []);
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
