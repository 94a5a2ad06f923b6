/** Milliseconds since 1970 of a written instant; `null` when it is none. */
export function instant(value: string | null): number | null {
  const milliseconds = value === null ? Number.NaN : Date.parse(value);
  return Number.isNaN(milliseconds) ? null : milliseconds;
}
