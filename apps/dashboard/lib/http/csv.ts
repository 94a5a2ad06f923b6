import { visibleLine } from '../text/visible-text.ts';
import type { JobRow } from '../index/job-row.ts';
import { API_JOB_KEYS } from '../query/api-job.ts';

const ROWS_A_PART = 500;

/** RFC 4180 with a byte order mark, so that Excel reads it as UTF-8; in parts, for large views. */
export function* csvOf(rows: readonly JobRow[]): Generator<string> {
  yield `\uFEFF${API_JOB_KEYS.join(',')}\r\n`;
  for (let start = 0; start < rows.length; start += ROWS_A_PART)
    yield rows
      .slice(start, start + ROWS_A_PART)
      .map(line)
      .join('');
}

function line(row: JobRow): string {
  return `${API_JOB_KEYS.map((key) => cell(row[key])).join(',')}\r\n`;
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = visibleLine(value);
  // A spreadsheet would run what begins like a formula; a leading apostrophe makes it text.
  const harmless = /^[=+\-@]/u.test(text) ? `'${text}` : text;
  return /[",\n]/u.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
