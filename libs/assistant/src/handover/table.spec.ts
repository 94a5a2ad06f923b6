import { expect, it } from 'vitest';
import { csvOf, unplannedRow } from './table.ts';

it('a table is safe for spreadsheets: formulas are text, and semicolons split no cell', () => {
  const row = unplannedRow({
    path: '/A;1.mov',
    medium: '/',
    kind: null,
    cause: 'equal_name',
    reason: '',
    at: '',
  });
  const csv = csvOf([{ ...row, reason: '=1+1', look: '＝1+1' }]);
  expect(csv).toContain('"/A;1.mov"');
  expect(csv).toContain(",'=1+1,");
  expect(csv).toContain("'＝1+1");
});
