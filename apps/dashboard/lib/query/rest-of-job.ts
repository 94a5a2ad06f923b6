import type { JobRow } from '../jobs/job-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { laterTryOf, type LaterTry } from './later-try.ts';
import { isNumbered, leftToMake, type LeftToMake } from './left-to-make.ts';

/** What a failed job did not make, and what became of that. */
export interface RestOfJob {
  /** Other jobs failed at the same clips since. */
  later: LaterTry | null;
  left: LeftToMake;
  /** Whether nothing but the place of their source in the job tells its proxies apart. */
  isNumbered: boolean;
}

/** Nothing of a job that has not failed. @param template of the names of its proxies, as the JobSpec has it */
export function restOfJob(
  index: WatchIndex,
  row: Pick<JobRow, 'id' | 'state'>,
  template: unknown,
): RestOfJob {
  if (row.state !== 'failed')
    return { later: null, left: { total: 0, names: [] }, isNumbered: false };
  const left = leftToMake(index, row);
  return { later: laterTryOf(index, row), left, isNumbered: isNumbered(template, left) };
}
