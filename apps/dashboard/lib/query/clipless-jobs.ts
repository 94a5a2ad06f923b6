import type { JobRow } from '../jobs/job-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import type { Condition } from './condition.ts';
import { conditionOf } from './conditions.ts';
import type { FilterValues } from './filters.ts';
import { jobsById } from './job-rows.ts';

/** Jobs that failed before anybody knew their clips. A job of the same name that ended later has taken the place of one. */
function cliplessOf(filters: FilterValues): Condition {
  const { sql, values } = conditionOf(filters);
  return {
    sql: `FROM job INDEXED BY job_clipless
     WHERE ifnull(job.total_clips, 0) = 0 AND job.place IN (SELECT id FROM place WHERE state = 'failed') AND ${sql}
     AND NOT EXISTS (SELECT 1 FROM job AS later JOIN place ON place.id = later.place JOIN place AS own ON own.id = job.place
       WHERE later.base = job.base AND later.ended > job.ended AND place.folder = own.folder AND place.state = 'completed')`,
    values,
  };
}

/** How many there are of a view: no sum of clips has them. */
export function countClipless(index: WatchIndex, filters: FilterValues): number {
  const { sql, values } = cliplessOf(filters);
  const [counted] = index.ask<{ jobs: number }>(`SELECT count(*) AS jobs ${sql}`, ...values);
  return counted?.jobs ?? 0;
}

/** The first of them. */
export function cliplessJobs(index: WatchIndex, filters: FilterValues, most: number): JobRow[] {
  const { sql, values } = cliplessOf(filters);
  const found = index.ask<{ id: number }>(
    `SELECT job.id ${sql} ORDER BY job.ended, job.id LIMIT ?`,
    ...values,
    most,
  );
  return jobsById(
    index,
    found.map(({ id }) => id),
  );
}
