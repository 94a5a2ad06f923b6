import sql, { raw } from 'sql-template-tag';
import type { JobRow } from '../index/job-row.ts';
import type { WatchIndex } from '../index/watch-index.ts';
import { jobsOf, keyOf } from './conditions.ts';
import type { FilterValues } from './filters.ts';
import type { JobQuery, SortKey } from './job-query.ts';
import { jobsById } from './job-rows.ts';
import { VersionedCache } from './versioned-cache.ts';

export interface JobPage {
  total: number;
  rows: JobRow[];
}

const COLUMNS: Record<SortKey, string> = {
  completed_at: 'job.ended',
  name: 'job.base',
  duration_seconds: 'job.duration_seconds',
  output_size_bytes: 'job.output_size_bytes',
};

const counts = new VersionedCache<number>();

/** Page of jobs; empty past the last one. */
export function selectPage(index: WatchIndex, query: JobQuery): JobPage {
  const total = countJobs(index, query);
  const ids = jobIds(index, query, total, (query.page - 1) * query.pageSize, query.pageSize);
  return { total, rows: jobsById(index, ids) };
}

/** All jobs of a view in its order, in parts. */
export function* jobsInParts(index: WatchIndex, query: JobQuery): Generator<JobRow[]> {
  const ids = jobIds(index, query, 0, 0, Number.MAX_SAFE_INTEGER);
  for (let start = 0; start < ids.length; start += ROWS_A_PART)
    yield jobsById(index, ids.slice(start, start + ROWS_A_PART));
}

const ROWS_A_PART = 500;

export function countJobs(index: WatchIndex, filters: FilterValues): number {
  return counts.of(index.version, keyOf(filters), () => {
    const which = jobsOf(index, filters);
    return index.ask<{ n: number }>(sql`SELECT count(*) AS n FROM job WHERE ${which}`)[0]?.n ?? 0;
  });
}

const SORTED_AT_ONCE = 5000;

/** Job ids of a page. Jobs without a value in the sorted column come last in both directions. */
function jobIds(
  index: WatchIndex,
  query: JobQuery,
  total: number,
  offset: number,
  limit: number,
): number[] {
  const { sort, order } = query;
  const next = sort === 'completed_at' ? '' : `, job.ended ${order}`;
  const nulls = order === 'asc' ? ' NULLS LAST' : '';
  const by = raw(`${COLUMNS[sort]} ${order}${nulls}${next}, job.id ${order}`);
  const which = jobsOf(index, query, total > SORTED_AT_ONCE);
  return index
    .ask<{ id: number }>(
      sql`SELECT job.id FROM job WHERE ${which} ORDER BY ${by} LIMIT ${limit} OFFSET ${offset}`,
    )
    .map(({ id }) => id);
}
