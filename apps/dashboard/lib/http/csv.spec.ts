import { describe, expect, it } from 'vitest';
import { bareRow } from '../index/job-row.ts';
import { csvOf } from './csv.ts';

function cellsOf(name: string): string {
  const row = bareRow({ folder: 'watch', state: 'pending', name, modifiedAt: 0 }, null, null);
  return [...csvOf([row])].join('').split('\r\n')[1] ?? '';
}

describe('CSV', () => {
  it('quotes commas and quotes', () => {
    expect(cellsOf('a,"b".json')).toContain('watch,pending,"a,""b"".json",');
  });

  it('keeps a spreadsheet from running a name as a formula', () => {
    expect(cellsOf('=HYPERLINK("http://x").json')).toContain(`"'=HYPERLINK(""http://x"").json"`);
  });

  it('writes a line feed in a name so that a row stays on one line', () => {
    expect(cellsOf('a\nb.json')).toContain('watch,pending,a‹LF›b.json,');
  });
});
