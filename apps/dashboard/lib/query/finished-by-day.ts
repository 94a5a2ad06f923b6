import sql from 'sql-template-tag';
import type { WatchIndex } from '../live/watch-index.ts';
import { lastDays, spanOfDay } from './days.ts';
import { VersionedCache } from './versioned-cache.ts';

/** Jobs that ended on a day. */
export interface Day {
  /** `YYYY-MM-DD`. */
  day: string;
  through: number;
  failed: number;
}

const remembered = new VersionedCache<Day[]>(2);

/** Of the last days, oldest first. What nobody could read counts as failed: it needs somebody as well. */
export function finishedByDay(index: WatchIndex, count: number, now: number): Day[] {
  const days = lastDays(count, now);
  return remembered.of(index.version, days.join(), () =>
    days.map((day) => {
      const { from, to } = spanOfDay(day);
      const [sums] = index.ask<Omit<Day, 'day'>>(
        sql`SELECT total(place.state = 'completed' AND job.problem IS NULL) AS through,
           total(place.state = 'failed' OR (place.state = 'completed' AND job.problem IS NOT NULL)) AS failed
         FROM job JOIN place ON place.id = job.place WHERE job.ended BETWEEN ${from} AND ${to}`,
      );
      return { day, through: sums?.through ?? 0, failed: sums?.failed ?? 0 };
    }),
  );
}
