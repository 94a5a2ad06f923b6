import type { JobRow } from '../index/job-row.ts';
import { dayOf, lastDays } from './days.ts';

export interface Throughput {
  /** `YYYY-MM-DD`, or the hour of today from 0. */
  label: string;
  completed: number;
  failed: number;
}

/** Jobs that ended on each of the last days, oldest first. */
export function throughputByDay(rows: Iterable<JobRow>, count: number, now: number): Throughput[] {
  const days = new Map(lastDays(count, now).map((label) => [label, bucket(label)]));
  const first = [...days.keys()][0] ?? '';
  const earliest = new Date(`${first}T00:00:00`).getTime();
  for (const row of rows) if (row.when >= earliest) tally(days.get(dayOf(row.when)), row);
  return [...days.values()];
}

/** Jobs that ended in each hour of the day that holds `now`. */
export function throughputByHour(rows: Iterable<JobRow>, now: number): Throughput[] {
  const hours = Array.from({ length: 24 }, (_, hour) => bucket(String(hour).padStart(2, '0')));
  const today = dayOf(now);
  const earliest = new Date(`${today}T00:00:00`).getTime();
  for (const row of rows)
    if (row.when >= earliest && dayOf(row.when) === today)
      tally(hours[new Date(row.when).getHours()], row);
  return hours;
}

function bucket(label: string): Throughput {
  return { label, completed: 0, failed: 0 };
}

function tally(into: Throughput | undefined, { state }: JobRow): void {
  if (into === undefined) return;
  if (state === 'completed') into.completed += 1;
  if (state === 'failed') into.failed += 1;
}
