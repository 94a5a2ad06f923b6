import type { WatchIndex } from '../live/watch-index.ts';
import { conditionOf } from './conditions.ts';
import type { FilterValues } from './filters.ts';

/**
 * How many jobs of a view failed before anybody knew their clips: no sum of clips has them. A job of the same name that ended later has taken
 * the place of one.
 */
export function countClipless(index: WatchIndex, filters: FilterValues): number {
  const { sql, values } = conditionOf(filters);
  const [counted] = index.ask<{ jobs: number }>(
    `SELECT count(*) AS jobs FROM job INDEXED BY job_clipless
     WHERE ifnull(job.total_clips, 0) = 0 AND job.place IN (SELECT id FROM place WHERE state = 'failed') AND ${sql}
     AND NOT EXISTS (SELECT 1 FROM job AS later JOIN place ON place.id = later.place JOIN place AS own ON own.id = job.place
       WHERE later.base = job.base AND later.ended > job.ended AND place.folder = own.folder AND place.state = 'completed')`,
    ...values,
  );
  return counted?.jobs ?? 0;
}
