import { stringify } from 'csv-stringify/sync';
import { withoutControls } from '../../text/index.ts';
import type { TableRow } from './table.ts';

/** A table for spreadsheets, which would run what begins like a formula. */
export function csvOf(rows: readonly TableRow[]): string {
  const options = { header: true, bom: true, escape_formulas: true, record_delimiter: 'windows' };
  return stringify(rows.map(visible), options);
}

function visible(row: TableRow): Record<string, string> {
  return Object.fromEntries(Object.entries(row).map(([key, text]) => [key, withoutControls(text)]));
}
