const DAY_MS = 24 * 60 * 60 * 1000;

// Cached: a formatter takes about 30 kB that the garbage collector doesn't count.
const formatters = new Map<string, Intl.DateTimeFormat>();

/** `01:29`, `yesterday 01:29`, `30 Nov 01:29`, or `30 Nov 2025 01:29` in another year. @param at Unix milliseconds, like `now` */
export function writtenMoment(at: number, timeZone: string, now: number): string {
  const [day, time] = partsOf(at, timeZone);
  const [today] = partsOf(now, timeZone);
  if (day === today) return time;
  // By the calendar: a day is 23 or 25 hours long when clocks change.
  const [yesterday] = partsOf(Date.parse(`${today} UTC`) - DAY_MS, 'UTC');
  if (day === yesterday) return `yesterday ${time}`;
  return `${day.replace(today.slice(-5), '')} ${time}`;
}

function partsOf(at: number, timeZone: string): [day: string, time: string] {
  const formatter =
    formatters.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone,
    });
  formatters.set(timeZone, formatter);
  const [day = '', time = ''] = formatter.format(at).replace('Sept', 'Sep').split(', ');
  return [day, time];
}
