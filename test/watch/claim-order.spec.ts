import { describe, expect, it } from 'vitest';
import { runOnce } from '../support/runner.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const folder = useWatchFolder();

/** In code point order; UTF-16 units, and most locales, would order them otherwise. */
const IN_ORDER = [
  '1.json',
  '10.json',
  '2.json',
  'B.json',
  'Z.json',
  'a b.json',
  'a.b.json',
  'a.json',
  'a\nb.json',
  'b.json',
  'z.json',
  'Ä.json',
  'ä.json',
  'Ω.json',
  '日本.json',
  '\uFF21.json',
  '\u{1F3AC}.json',
].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

describe('jobs', () => {
  it('are claimed in the order of the code points of their names', async () => {
    for (const name of IN_ORDER.toReversed()) await folder().drop(name, '{}');
    const { log } = await runOnce(folder());
    const claims = log.filter((line) => line.endsWith('claimed by worker 1'));
    expect(claims.map((line) => JSON.parse(line.replace(' claimed by worker 1', '')))).toEqual(
      IN_ORDER,
    );
  });
});
