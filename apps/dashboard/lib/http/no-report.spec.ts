import { expect, it } from 'vitest';
import { noReport } from './no-report.ts';

const of = (search: string) => noReport(new URLSearchParams(search), [{ name: 'dailies' }]);

it('an address that asks for no report gets a page that says why, scripts or not', () => {
  expect(of('day=2026-11-26&folder=dailies')).toBeNull();
  expect(of('')).toBeNull();
  const page = of('day=foo&folder=<b>');
  expect(page).toContain('There is no such report.');
  expect(page).toContain('<p>day is "foo". Expected a day as YYYY-MM-DD.</p>');
  expect(page).toContain('folder is "&lt;b&gt;". Expected "dailies".');
});
