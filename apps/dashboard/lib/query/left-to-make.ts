import type { JobRow } from '../jobs/job-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { IS_MADE, IS_TO_COME, IS_UNCLEAR } from './attempt-conditions.ts';
import { CLIPS_OF_JOB } from './clip-rows.ts';

/** Clips of a failed job that no proxy is there of, and that nobody has asked for once more. */
export interface LeftToMake {
  total: number;
  /** File names of the first of them, in the order of the sources. */
  names: string[];
}

const NAMED = 30;

/** What a retry of a job has to ask for. */
export function leftToMake(index: WatchIndex, { id }: Pick<JobRow, 'id'>): LeftToMake {
  const found = index.ask<{ name: string; total: number }>(
    `SELECT clip.name, count(*) OVER () AS total
     FROM job JOIN clip ON ${CLIPS_OF_JOB} LEFT JOIN clip AS decider ON decider.id = clip.decider
     WHERE job.id = ? AND clip.status < 3 AND NOT ${IS_MADE} AND NOT ${IS_TO_COME} AND NOT ${IS_UNCLEAR}
     ORDER BY clip.id LIMIT ${NAMED}`,
    id,
  );
  return { total: found[0]?.total ?? 0, names: found.map(({ name }) => name) };
}
