/** Parses a timestamp to Unix milliseconds; `null` if it isn't valid. */
export function instant(value: string | null): number | null {
  const milliseconds = value === null ? Number.NaN : Date.parse(value);
  return Number.isNaN(milliseconds) ? null : milliseconds;
}
