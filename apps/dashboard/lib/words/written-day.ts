// Days are those of the server's time zone, as those that views and reports are of.
const WRITTEN = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});

/** `26 Nov 2026`. */
export function writtenDay(milliseconds: number): string {
  return WRITTEN.format(milliseconds).replace('Sept', 'Sep');
}
