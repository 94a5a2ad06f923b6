/** Time zone of the server (`TZ`), such as `Europe/Berlin`. Days are in it, so that a link shows the same to everyone. */
export const TIME_ZONE = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** First and last millisecond of a day, `YYYY-MM-DD`. */
export function spanOfDay(day: string): { from: number; to: number } {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const midnight = (of: number) => new Date(year, month - 1, of).getTime();
  return { from: midnight(date), to: midnight(date + 1) - 1 };
}

/** First millisecond of the last `count` days up to and including that of `now`. */
export function startOfLastDays(count: number, now: number): number {
  const today = new Date(now);
  return new Date(today.getFullYear(), today.getMonth(), today.getDate() + 1 - count).getTime();
}
