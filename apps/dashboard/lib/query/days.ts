import { twoDigits } from '../words/quantities.ts';

/** Days are those of the server's time zone (`TZ`): one view means the same to everyone it is sent to. `Europe/Berlin` for example. */
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

/** The last `count` days up to the one that holds `now`, oldest first. */
export function lastDays(count: number, now: number): string[] {
  // Noon keeps clear of the hours that daylight saving moves.
  const noon = midnight(dayOf(now), 0) + DAY_MS / 2;
  return Array.from({ length: count }, (_, index) => dayOf(noon - (count - 1 - index) * DAY_MS));
}

function midnight(day: string, daysLater: number): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + daysLater).getTime();
}
