import { twoDigits } from '../text/quantities.ts';
import { writtenDay } from '../text/written-day.ts';

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

/** 18:00 of the day before, which last night began with: `YYYY-MM-DDTHH:MM`. */
export function lastEvening(now: number): string {
  return `${lastDays(2, now)[0]}T18:00`;
}

/** The same of any moment. */
export function minuteOf(milliseconds: number): string {
  const date = new Date(milliseconds);
  return `${dayOf(milliseconds)}T${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
}

/** When spans may begin: the evenings and mornings of two weeks, latest first. */
export function eveningsAndMornings(): string[] {
  const now = Date.now();
  return lastDays(14, now)
    .toReversed()
    .flatMap((day) => [`${day}T18:00`, `${day}T06:00`])
    .filter((minute) => momentOf(minute) < now);
}

/** `28 Nov 2026, 18:00`. @param minute `YYYY-MM-DDTHH:MM` */
export function writtenMinute(minute: string): string {
  return `${writtenDay(momentOf(minute))}, ${minute.slice(11)}`;
}

/** Milliseconds of `YYYY-MM-DDTHH:MM`. */
export function momentOf(minute: string): number {
  const [day = '', time = ''] = minute.split('T');
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return new Date(spanOfDay(day).from).setHours(hours, minutes);
}

function midnight(day: string, daysLater: number): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + daysLater).getTime();
}
