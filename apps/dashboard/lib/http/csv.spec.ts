import { describe, expect, it } from 'vitest';
import { csvOf } from './csv.ts';

function cellsOf(name: string): string {
  const row = { folder: 'watch', state: 'pending', name, made_good: true, job_id: null };
  const keys = ['folder', 'state', 'name', 'made_good', 'job_id'] as const;
  return [...csvOf(keys, [[row]], (one) => one)].join('').split('\r\n')[1] ?? '';
}

describe('CSV', () => {
  it('quotes commas, semicolons and quotes', () => {
    expect(cellsOf('a,"b".json')).toContain('watch,pending,"a,""b"".json",true,');
    expect(cellsOf('a;b.json')).toContain('watch,pending,"a;b.json",true,');
  });

  it('keeps a spreadsheet from running a name as a formula', () => {
    expect(cellsOf('=HYPERLINK("http://x").json')).toContain(`"'=HYPERLINK(""http://x"").json"`);
    expect(cellsOf('＝1+1.json')).toContain(`,'＝1+1.json,`);
  });

  it('writes a line feed in a name so that a row stays on one line', () => {
    expect(cellsOf('a\nb.json')).toContain('watch,pending,a‹LF›b.json,true,');
  });
});
