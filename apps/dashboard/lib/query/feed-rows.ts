import type { JobRow } from '../index/job-row.ts';
import type { WatchIndex } from '../index/watch-index.ts';
import { choice, DEFAULT_QUERY, readParameters } from './job-query.ts';
import { selectJobs } from './select-jobs.ts';

const FEED_LENGTH = 100;
const ENDED = ['completed', 'failed'] as const;

/** The jobs that ended last, newest first; one without a result yet comes once it has one. */
export function feedRows(
  index: WatchIndex,
  parameters: URLSearchParams,
): { rows: JobRow[]; problems: string[] } {
  const names = index.folders.map(({ name }) => name);
  const rules = { folder: choice(names), state: choice(ENDED) };
  const { read, problems } = readParameters(parameters, rules);
  const rows: JobRow[] = [];
  for (const row of selectJobs(index.catalogue, { ...DEFAULT_QUERY, ...read })) {
    if (rows.length === FEED_LENGTH) break;
    const hasEnded = ENDED.some((state) => state === row.state);
    if (hasEnded && row.final_status !== null) rows.push(row);
  }
  return { rows, problems };
}
