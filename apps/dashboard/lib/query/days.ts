import { twoDigits } from '../words/quantities.ts';

/** Time zone of the server (`TZ`), such as `Europe/Berlin`. Days are in it, so that a link shows the same to everyone. */
export const TIME_ZONE = new Intl.DateTimeFormat().resolvedOptions().timeZone;
const DAY_MS = 24 * 60 * 60 * 1000;

/** `YYYY-MM-DD`. */
export function dayOf(milliseconds: number): string {
  const date = new Date(milliseconds);
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}

/** First and last millisecond of a day. */
export function spanOfDay(day: string): { from: number; to: number } {
  return { from: midnight(day, 0), to: midnight(day, 1) - 1 };
}

/** Last `count` days up to and including that of `now`, oldest first. */
export function lastDays(count: number, now: number): string[] {
  // Noon is unaffected by daylight saving.
  const noon = midnight(dayOf(now), 0) + DAY_MS / 2;
  return Array.from({ length: count }, (_, index) => dayOf(noon - (count - 1 - index) * DAY_MS));
}

function midnight(day: string, daysLater: number): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + daysLater).getTime();
}
