import type { JobRow } from '../jobs/job-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { conditionOf } from './conditions.ts';
import type { FilterValues } from './filters.ts';
import { jobsById } from './job-rows.ts';
import { Remembered } from './remembered.ts';

export interface UnclearJobs {
  total: number;
  /** The latest of them. */
  first: JobRow[];
}

/** By where they lie. */
export interface UnclearCounts {
  completed: number;
  failed: number;
}

export const NO_UNCLEAR: UnclearCounts = { completed: 0, failed: 0 };

/** What is left of the counts of folders. A listing may be a moment behind the index. */
export function knownCounts(counts: UnclearCounts, unclear: UnclearCounts) {
  return {
    completed: Math.max(0, counts.completed - unclear.completed),
    failed: Math.max(0, counts.failed - unclear.failed),
    not_known: unclear.completed + unclear.failed,
  };
}

const UNCLEAR = `FROM job WHERE problem IS NOT NULL
  AND place IN (SELECT id FROM place WHERE state IN ('completed', 'failed'))`;

/** How many a view holds. */
export function countUnclear(index: WatchIndex, filters: FilterValues): number {
  if (unclearCounts(index).size === 0) return 0;
  const { sql, values } = conditionOf(filters);
  return rememberedViews.of(index.version, JSON.stringify(values.concat(sql)), () => {
    const [counted] = index.ask<{ n: number }>(
      `SELECT count(*) AS n ${UNCLEAR} AND ${sql}`,
      ...values,
    );
    return counted?.n ?? 0;
  });
}

/** How many there are in each folder. */
export function unclearCounts(index: WatchIndex): ReadonlyMap<string, UnclearCounts> {
  return rememberedCounts.of(index.version, '', () => {
    const counts = new Map<string, UnclearCounts>();
    for (const { folder, state, n } of index.ask<{
      folder: string;
      state: keyof UnclearCounts;
      n: number;
    }>(
      `SELECT folder, state, count(*) AS n FROM job JOIN place ON place.id = job.place
       WHERE problem IS NOT NULL AND state IN ('completed', 'failed') GROUP BY place.id`,
    ))
      counts.set(folder, { ...(counts.get(folder) ?? NO_UNCLEAR), [state]: n });
    return counts;
  });
}

const rememberedViews = new Remembered<number>();
const rememberedCounts = new Remembered<ReadonlyMap<string, UnclearCounts>>();
const remembered = new Remembered<UnclearJobs>();

/** Jobs whose results can't be read, are not there, or lie in the wrong folder: where they lie says nothing of their proxies. */
export function unclearJobs(index: WatchIndex, limit: number): UnclearJobs {
  return remembered.of(index.version, String(limit), () => {
    const [counted] = index.ask<{ total: number }>(`SELECT count(*) AS total ${UNCLEAR}`);
    const ids = index.ask<{ id: number }>(
      `SELECT id ${UNCLEAR} ORDER BY ended DESC LIMIT ?`,
      limit,
    );
    const first = jobsById(
      index,
      ids.map(({ id }) => id),
    );
    return { total: counted?.total ?? 0, first };
  });
}
