import type { JobRow, JobState } from '../index/job-row.ts';
import type { WatchIndex } from '../index/watch-index.ts';
import { parseJobQuery } from './job-query.ts';
import { selectJobs } from './select-jobs.ts';

const FEED_LENGTH = 100;
const PARAMETERS = ['folder', 'state'];
const ENDED: readonly JobState[] = ['completed', 'failed'];

/** The jobs that ended last, newest first; one without a result yet comes once it has one. */
export function feedRows(
  index: WatchIndex,
  parameters: URLSearchParams,
): { rows: JobRow[]; problems: string[] } {
  const names = index.folders.map(({ name }) => name);
  const { query, problems } = parseJobQuery(parameters, names);
  const unknown = [...parameters.keys()].find((key) => !PARAMETERS.includes(key));
  if (unknown !== undefined)
    problems.push(`Unknown parameter "${unknown}". Expected ${PARAMETERS.join(' or ')}.`);
  if (query.state !== null && !ENDED.includes(query.state))
    problems.push(`state is "${query.state}". Expected one of ${ENDED.join(', ')}.`);
  const rows: JobRow[] = [];
  for (const row of selectJobs(index.catalogue, query)) {
    if (rows.length === FEED_LENGTH) break;
    if (ENDED.includes(row.state) && row.final_status !== null) rows.push(row);
  }
  return { rows, problems: [...new Set(problems)] };
}
