import { visibleLine } from '../text/visible-text.ts';

/** RFC 4180 with a byte order mark, so that Excel reads it as UTF-8; in parts, for large views. */
export function* csvOf(
  keys: readonly string[],
  parts: Iterable<readonly Readonly<Record<string, unknown>>[]>,
): Generator<string> {
  yield `\uFEFF${keys.join(',')}\r\n`;
  for (const rows of parts)
    yield rows.map((row) => `${keys.map((key) => cell(row[key])).join(',')}\r\n`).join('');
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = visibleLine(typeof value === 'string' ? value : JSON.stringify(value));
  // A spreadsheet would run what begins like a formula; a leading apostrophe makes it text.
  const harmless = /^[=+\-@]/u.test(text) ? `'${text}` : text;
  return /[",\n]/u.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Each row of each part as something else. */
export function* mapped<Row, Other>(
  parts: Iterable<readonly Row[]>,
  change: (row: Row) => Other,
): Generator<Other[]> {
  for (const part of parts) yield part.map(change);
}
