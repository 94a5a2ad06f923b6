import { expect, it } from 'vitest';
import { coverPairs, everyRow, trials } from './trials.ts';

const FACTORS = { a: ['1', '2', '3'], b: ['x', 'y'], c: ['p', 'q'] };

/** The pairs of values that stand together in rows. */
function pairsIn(rows: readonly object[]): Set<string> {
  const pairs = new Set<string>();
  for (const row of rows) {
    const entries = Object.entries(row).toSorted(([one], [other]) => one.localeCompare(other));
    for (const [at, one] of entries.entries())
      for (const other of entries.slice(at + 1)) pairs.add(`${one.join('=')} ${other.join('=')}`);
  }
  return pairs;
}

it('every pair stands in a row, in as few rows as the two largest factors need', () => {
  const rows = coverPairs(everyRow(FACTORS));
  expect(pairsIn(rows).size).toBe(3 * 2 + 3 * 2 + 2 * 2);
  expect(rows).toHaveLength(6);
});

it('what does not go together is in no row, and hides no other pair', () => {
  const rows = coverPairs(everyRow(FACTORS).filter(({ a, b }) => a !== '1' || b !== 'x'));
  expect(pairsIn(rows).size).toBe(3 * 2 + 3 * 2 + 2 * 2 - 1);
  expect(rows.some(({ a, b }) => a === '1' && b === 'x')).toBe(false);
});

it('each two of shape, codec, container, size, look and text are tried together that can be, always in the same trials', () => {
  const all = trials();
  expect(all.length).toBeLessThan(160);
  expect(trials()).toEqual(all);
  const pairs = pairsIn(all);
  for (const pair of [
    'codec=av1 shape=one frame',
    'codec=dnxhd shape=interlaced',
    'look=LUT text=counted text',
    'container=webm shape=alpha',
    'shape=variable rate text=still text',
    'codec=dnxhr size=half',
  ])
    expect(pairs).toContain(pair);
});
