import type { WatchIndex } from '../live/watch-index.ts';
import { dayOf, lastDays, spanOfDay } from './days.ts';

export interface Throughput {
  /** `YYYY-MM-DD`, or the hour of a day from `00`. */
  label: string;
  completed: number;
  failed: number;
  /** Lie among them, but nobody can tell what became of them: no part of either. */
  unclear: number;
  /** Ended in the same hour a week before; left out where nobody compares. */
  before?: number;
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

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** Jobs that ended in each hour of the day that holds `now`, and a week before. */
export function throughputByHour(index: WatchIndex, now: number): Throughput[] {
  const before = tally(index, hoursOf(now - WEEK_MS));
  return tally(index, hoursOf(now)).map((hour, place) => {
    const { completed, failed } = before[place] ?? { completed: 0, failed: 0 };
    return Object.assign(hour, { before: completed + failed });
  });
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
    const sums = { completed: 0, failed: 0, unclear: 0 };
    for (const { id, state } of places) {
      const lying = countOf(index, 'TRUE', id, from, to);
      const unclear = countOf(index, 'problem IS NOT NULL', id, from, to);
      sums[state] += lying - unclear;
      sums.unclear += unclear;
    }
    return { label, ...sums };
  });
}

function countOf(
  index: WatchIndex,
  condition: string,
  ...[place, from, to]: [place: number, from: number, to: number]
): number {
  const [count] = index.ask<{ n: number }>(
    `SELECT count(*) AS n FROM job WHERE place = ? AND ended BETWEEN ? AND ? AND ${condition}`,
    place,
    from,
    to,
  );
  return count?.n ?? 0;
}
