import type { JobRow } from '../index/job-row.ts';
import { apiJob } from '../query/api-job.ts';

const ROWS_A_PART = 500;

/** `{ "total": …, "jobs": […] }` in parts, for large views. */
export function* jsonOf(rows: readonly JobRow[]): Generator<string> {
  yield `{"total":${rows.length},"jobs":[`;
  for (let start = 0; start < rows.length; start += ROWS_A_PART) {
    const part = rows.slice(start, start + ROWS_A_PART).map((row) => JSON.stringify(apiJob(row)));
    yield `${start === 0 ? '' : ','}\n${part.join(',\n')}`;
  }
  yield '\n]}\n';
}
