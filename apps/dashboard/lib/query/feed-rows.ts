import type { JobRow } from '../jobs/job-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { DEFAULT_QUERY } from './job-query.ts';
import { FILTERS } from './filters.ts';
import { choice, readParameters } from './rules.ts';
import { selectPage } from './select-jobs.ts';

const FEED_LENGTH = 100;
const ENDED = ['completed', 'failed'] as const;

/** How the feed's parameters are read. */
export function feedRules(folders: readonly string[]) {
  return { folder: FILTERS.folder.rule(folders), state: choice(ENDED) };
}

/** The jobs that ended last, newest first; one without a result yet comes once it has one. */
export function feedRows(
  index: WatchIndex,
  parameters: URLSearchParams,
): { rows: JobRow[]; problems: string[] } {
  const names = index.folders.map(({ name }) => name);
  const { read, problems } = readParameters(parameters, feedRules(names));
  const query = { ...DEFAULT_QUERY, ...read, pageSize: FEED_LENGTH };
  const states = query.state === null ? ENDED : [query.state];
  const rows = states
    .flatMap((state) => selectPage(index, { ...query, state }).rows)
    .filter(({ final_status }) => final_status !== null)
    .toSorted((a, b) => b.when - a.when)
    .slice(0, FEED_LENGTH);
  return { rows, problems };
}
