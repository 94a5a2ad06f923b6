/** Writes an instant as results do: UTC, milliseconds, numeric offset (`2025-12-28T12:00:05.123+00:00`). */
export function timestamp(instant: Date): string {
  return instant.toISOString().replace('Z', '+00:00');
}
