import { visibleLine } from '../index/visible-text.ts';
import { streamed } from './responses.ts';

/** All rows of a view as a file, whatever its page. @param told a row with the words that people read */
export function csvAnswer<Key extends string, Row>(
  file: string,
  keys: readonly Key[],
  parts: Iterable<readonly Row[]>,
  told: (row: Row) => Readonly<Record<Key, unknown>>,
): Response {
  return streamed(csvOf(keys, parts, told), {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="${file}"`,
  });
}

/** RFC 4180 with a byte order mark, so that Excel reads it as UTF-8; in parts, for large views. */
export function* csvOf<Key extends string, Row>(
  keys: readonly Key[],
  parts: Iterable<readonly Row[]>,
  told: (row: Row) => Readonly<Record<Key, unknown>>,
): Generator<string> {
  yield `\uFEFF${keys.join(',')}\r\n`;
  for (const rows of parts)
    yield rows
      .map(told)
      .map((row) => `${keys.map((key) => cell(row[key])).join(',')}\r\n`)
      .join('');
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = visibleLine(typeof value === 'string' ? value : JSON.stringify(value));
  // A spreadsheet would run what begins like a formula, in full-width characters as well; a leading apostrophe makes it text.
  const harmless = /^[=+\-@＝＋－＠]/u.test(text) ? `'${text}` : text;
  // Where a comma is the decimal sign, spreadsheets split cells at semicolons.
  return /[",;\n]/u.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
