import { visibleLine } from '../index/visible-text.ts';
import { streamed } from './responses.ts';

type Parts<Key extends string> = Iterable<readonly Readonly<Record<Key, unknown>>[]>;

/** All rows of a view as a file, whatever its page. */
export function csvAnswer<Key extends string>(
  file: string,
  keys: readonly Key[],
  parts: Parts<Key>,
): Response {
  return streamed(csvOf(keys, parts), {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="${file}"`,
  });
}

/** RFC 4180 with a byte order mark, so that Excel reads it as UTF-8; in parts, for large views. */
export function* csvOf<Key extends string>(
  keys: readonly Key[],
  parts: Parts<Key>,
): Generator<string> {
  yield `\uFEFF${keys.join(',')}\r\n`;
  for (const rows of parts)
    yield rows.map((row) => `${keys.map((key) => cell(row[key])).join(',')}\r\n`).join('');
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
