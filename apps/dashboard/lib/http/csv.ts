import { visibleLine } from '../index/visible-text.ts';
import { streamed } from './responses.ts';

/** Response with all rows of a view as a CSV file. @param toCells replaces codes in a row with display labels */
export function csvResponse<Key extends string, Row>(
  file: string,
  keys: readonly Key[],
  parts: Iterable<readonly Row[]>,
  toCells: (row: Row) => Readonly<Record<Key, unknown>>,
): Response {
  return streamed(csvOf(keys, parts, toCells), {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="${file}"`,
  });
}

/** Streams RFC 4180 CSV. The byte order mark makes Excel read it as UTF-8. */
export function* csvOf<Key extends string, Row>(
  keys: readonly Key[],
  parts: Iterable<readonly Row[]>,
  toCells: (row: Row) => Readonly<Record<Key, unknown>>,
): Generator<string> {
  yield `\uFEFF${keys.join(',')}\r\n`;
  for (const rows of parts)
    yield rows
      .map(toCells)
      .map((row) => `${keys.map((key) => cell(row[key])).join(',')}\r\n`)
      .join('');
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = visibleLine(typeof value === 'string' ? value : JSON.stringify(value));
  // Spreadsheets run text that begins like a formula, even in full-width characters; a leading apostrophe prevents it.
  const harmless = /^[=+\-@＝＋－＠]/u.test(text) ? `'${text}` : text;
  // Semicolons are quoted too: spreadsheets split cells at them in locales with a decimal comma.
  return /[",;\n]/u.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
