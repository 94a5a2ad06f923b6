import { jobNameOf, type JobState } from '@app/jobspec/folder';
import { STATUS } from '../jobs/clip-row.ts';
import type { JobOutcome, JobRow, OtherJob } from '../jobs/job-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { CLIPS_OF_A_JOB, CLIPS_OF_JOB } from '../store/schema.ts';

interface Counted extends Pick<JobOutcome, 'missing' | 'open' | 'retried'> {
  id: number;
  by: number | null;
  retry: number | null;
}

const IS_THERE = `now.status = ${STATUS.COMPLETED}`;
const IS_TO_COME = `now.status IN (${STATUS.RUNNING}, ${STATUS.WAITING})`;

const COUNTED = `SELECT job.id, count(*) AS missing, total(NOT ${IS_THERE}) AS open, total(${IS_TO_COME}) AS retried,
    max(CASE WHEN ${IS_THERE} THEN now.id END) AS by, max(CASE WHEN ${IS_TO_COME} THEN now.id END) AS retry
  FROM json_each(?) AS asked CROSS JOIN job ON job.id = asked.value CROSS JOIN clip ON ${CLIPS_OF_JOB}
  JOIN clip AS now ON now.id = clip.stands WHERE clip.status < ${STATUS.RUNNING} GROUP BY job.id`;

/** Adds to failed jobs what became of the clips that they didn't make. */
export function withOutcomes(index: WatchIndex, rows: JobRow[]): JobRow[] {
  const failed = rows.filter(({ state }) => state === 'failed').map(({ id }) => id);
  if (failed.length === 0) return rows;
  const counted = new Map(
    index.ask<Counted>(COUNTED, JSON.stringify(failed)).map((job) => [job.id, job]),
  );
  const others = othersOf(index, [...counted.values()]);
  return rows.map((row) => {
    const found = counted.get(row.id);
    if (found === undefined) return row;
    const { missing, open, retried } = found;
    const [by, retry] = [found.by, found.retry].map((clip) => others.get(clip ?? -1) ?? null);
    return { ...row, outcome: { missing, open, retried, by: by ?? null, retry: retry ?? null } };
  });
}

/** The jobs of the clips that outcomes name, by the ids of these clips. */
function othersOf(index: WatchIndex, counted: readonly Counted[]): ReadonlyMap<number, OtherJob> {
  const clips = counted.flatMap(({ by, retry }) => [by ?? [], retry ?? []].flat());
  if (clips.length === 0) return new Map();
  const found = index.ask<{ clip: number; folder: string; state: JobState; base: string }>(
    `SELECT asked.value AS clip, place.folder, place.state, job.base FROM json_each(?) AS asked
     JOIN job ON job.id = asked.value / ${CLIPS_OF_A_JOB} JOIN place ON place.id = job.place`,
    JSON.stringify(clips),
  );
  return new Map(
    found.map(({ clip, folder, state, base }) => [clip, { folder, state, name: jobNameOf(base) }]),
  );
}
