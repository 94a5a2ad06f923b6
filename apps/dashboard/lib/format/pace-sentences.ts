import type { Queue, Speed, Waits } from '../jobs/pace.ts';
import { counted, formatBytes, formatDuration } from '../text/quantities.ts';

/** `6.4×`. */
export function formatSpeed(speed: number): string {
  return `${speed.toFixed(speed < 10 ? 1 : 0)}×`;
}

/** How fast proxies were made lately, for a reader who doesn't see the chart. */
export function speedSentence({ hours, whole }: Speed): string {
  if (whole === null) return 'No proxy was made in this time.';
  const measured = hours.filter((speed) => speed !== null);
  const [slowest, fastest] = [Math.min(...measured), Math.max(...measured)];
  const range =
    measured.length > 1
      ? `, from ${formatSpeed(slowest)} to ${formatSpeed(fastest)} by the hour`
      : '';
  return `${formatSpeed(whole)} real time${range}.`;
}

export function queueSentence({ jobs, counts }: Queue): string {
  if (jobs === 0) return 'No job waits.';
  const long = counts.at(-1) ?? 0;
  const waits = `${counted(jobs, 'job')} ${jobs === 1 ? 'waits' : 'wait'}`;
  return long === 0 ? `${waits}, none for an hour.` : `${waits}, ${long} for an hour or longer.`;
}

/** How long jobs had waited that were begun lately. */
export function waitsSentence({ jobs, median, longest }: Waits): string {
  if (jobs === 0) return 'No job was begun in this time.';
  if (jobs === 1) return `One job waited ${formatDuration(longest)}.`;
  return `Half of ${counted(jobs, 'job')} waited less than ${formatDuration(median)}, the longest ${formatDuration(longest)}.`;
}

/** In which unit a chart of times up to this many seconds has round figures. */
export function timeUnit(seconds: number): { name: string; seconds: number } {
  if (seconds < 120) return { name: 's', seconds: 1 };
  return seconds < 7200 ? { name: 'min', seconds: 60 } : { name: 'h', seconds: 3600 };
}

export function spaceSentence({ free, total }: { free: number; total: number }): string {
  return `${formatBytes(free)} of ${formatBytes(total)} free`;
}

/** How today compares with the same hours a week before: `6 jobs so far, 4 by this time a week ago.` */
export function weekSentence(today: number, before: number): string {
  return `${counted(today, 'job')} so far, ${before === 0 ? 'none' : before} by this hour a week ago.`;
}
