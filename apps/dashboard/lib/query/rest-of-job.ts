import type { JobRow } from '../jobs/job-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { laterTryOf, type LaterTry } from './later-try.ts';
import { leftToMake, type LeftToMake } from './left-to-make.ts';

/** What a failed job did not make, and what became of that. */
export interface RestOfJob {
  /** Other jobs failed at the same clips since. */
  later: LaterTry | null;
  left: LeftToMake;
}

/** Nothing of a job that has not failed. */
export function restOfJob(index: WatchIndex, row: Pick<JobRow, 'id' | 'state'>): RestOfJob {
  if (row.state !== 'failed') return { later: null, left: { total: 0, names: [] } };
  return { later: laterTryOf(index, row), left: leftToMake(index, row) };
}
