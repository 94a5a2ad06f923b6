import { describe, expect, it } from 'vitest';
import { plural, listed } from '../../../../libs/jobspec/src/wording/words.ts';
import { Progress } from './print.ts';

/** Output to a stream that is a terminal, or none. */
function written(isTTY: boolean, work: (progress: Progress) => void): string {
  const chunks: string[] = [];
  const write = (chunk: string) => chunks.push(chunk) > 0;
  work(new Progress({ isTTY, write, columns: 80 } as unknown as NodeJS.WriteStream));
  return chunks.join('');
}

describe('progress', () => {
  const work = (progress: Progress) => {
    progress.show(() => '1 of 2');
    progress.show(() => '2 of 2');
    progress.end();
  };

  it('is one line on a terminal, not written too often, and taken away', () => {
    expect(written(true, work)).toBe('\r\u001B[K1 of 2\r\u001B[K');
  });

  it('is nothing where nobody looks', () => {
    expect(written(false, work)).toBe('');
  });
});

it('counts in words', () => {
  expect([plural(1, 'clip'), plural(0, 'clip'), plural(2, 'proxy')]).toEqual([
    '1 clip',
    '0 clips',
    '2 proxies',
  ]);
  expect(listed(['a', 'b'], 5)).toBe('a, b, and 3 more');
});
