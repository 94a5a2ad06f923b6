import type { WatchIndex } from '../live/watch-index.ts';
import { dayOf, lastDays, spanOfDay } from './days.ts';

export interface Throughput {
  /** `YYYY-MM-DD`, or the hour of a day from `00`. */
  label: string;
  completed: number;
  failed: number;
}

interface Bucket {
  label: string;
  /** First and last millisecond. */
  from: number;
  to: number;
}

/** Jobs that ended on each of the last days, oldest first. */
export function throughputByDay(index: WatchIndex, count: number, now: number): Throughput[] {
  return tally(index, daysUpTo(count, now));
}

/** Jobs that ended in each hour of the day that holds `now`. */
export function throughputByHour(index: WatchIndex, now: number): Throughput[] {
  return tally(index, hoursOf(now));
}

export function daysUpTo(count: number, now: number): Bucket[] {
  return lastDays(count, now).map((label) => Object.assign({ label }, spanOfDay(label)));
}

export function hoursOf(now: number): Bucket[] {
  const { from, to } = spanOfDay(dayOf(now));
  const starts = Array.from({ length: 24 }, (_, hour) => new Date(from).setHours(hour));
  return starts.map((start, hour) => ({
    label: String(hour).padStart(2, '0'),
    from: start,
    to: (starts[hour + 1] ?? to + 1) - 1,
  }));
}

function tally(index: WatchIndex, buckets: readonly Bucket[]): Throughput[] {
  const places = index.ask<{ id: number; state: 'completed' | 'failed' }>(
    "SELECT id, state FROM place WHERE state IN ('completed', 'failed')",
  );
  return buckets.map(({ label, from, to }) => {
    const sums = { completed: 0, failed: 0 };
    for (const { id, state } of places) {
      const [count] = index.ask<{ n: number }>(
        'SELECT count(*) AS n FROM job WHERE place = ? AND ended BETWEEN ? AND ?',
        id,
        from,
        to,
      );
      sums[state] += count?.n ?? 0;
    }
    return { label, ...sums };
  });
}
