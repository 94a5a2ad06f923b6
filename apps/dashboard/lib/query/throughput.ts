import type { JobRow } from '../index/job-row.ts';
import { dayOf, lastDays, spanOfDay } from './days.ts';

export interface Throughput {
  /** `YYYY-MM-DD`, or the hour of a day from `00`. */
  label: string;
  completed: number;
  failed: number;
}

interface Bucket extends Throughput {
  /** First millisecond. */
  from: number;
}

/**
 * Jobs that ended on each of the last days, oldest first.
 * @param rows the latest first; what is older than the days is not looked at
 */
export function throughputByDay(
  rows: Iterable<JobRow>,
  count: number,
  now: number,
): readonly Throughput[] {
  const buckets = lastDays(count, now).map((label) => bucket(label, spanOfDay(label).from));
  return tally(rows, buckets, spanOfDay(dayOf(now)).to);
}

/** Jobs that ended in each hour of the day that holds `now`; `rows` as above. */
export function throughputByHour(rows: Iterable<JobRow>, now: number): readonly Throughput[] {
  const { from, to } = spanOfDay(dayOf(now));
  const buckets = Array.from({ length: 24 }, (_, hour) =>
    bucket(String(hour).padStart(2, '0'), new Date(from).setHours(hour)),
  );
  return tally(rows, buckets, to);
}

function bucket(label: string, from: number): Bucket {
  return { label, from, completed: 0, failed: 0 };
}

function tally(rows: Iterable<JobRow>, buckets: readonly Bucket[], to: number): readonly Bucket[] {
  const earliest = buckets[0]?.from ?? 0;
  for (const { state, when } of rows) {
    if (state !== 'completed' && state !== 'failed') continue;
    if (when < earliest) break;
    const found = when > to ? undefined : buckets.findLast(({ from }) => from <= when);
    if (found !== undefined) found[state] += 1;
  }
  return buckets;
}
