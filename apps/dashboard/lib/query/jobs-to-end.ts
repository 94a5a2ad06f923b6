import type { WatchIndex } from '../live/watch-index.ts';
import { dayOf } from './days.ts';
import type { JobQuery } from './job-query.ts';
import { countJobs } from './select-jobs.ts';

/** How many jobs of a day's view have not ended yet; `null` when the day is over. @param now milliseconds */
export function jobsToEnd(index: WatchIndex, query: JobQuery, now: number): number | null {
  if (query.day === null || query.day < dayOf(now)) return null;
  const open = { ...query, day: null, clip_state: null };
  return ['running', 'pending'].reduce(
    (sum, state) => sum + countJobs(index, { ...open, state }),
    0,
  );
}
