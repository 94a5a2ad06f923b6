import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { mapConcurrently } from './map-concurrently.ts';

const ITEMS = Array.from({ length: 50 }, (_, index) => index);

it('answers in the order of the items, and does at most eight at once', async () => {
  let [atWork, most] = [0, 0];
  const counts: number[] = [];
  const work = async (item: number) => {
    most = Math.max(most, ++atWork);
    for (let turns = item % 3; turns >= 0; turns--) await turn();
    atWork--;
    return item * 2;
  };
  expect(await mapConcurrently(ITEMS, work, (count) => counts.push(count))).toEqual(
    ITEMS.map((item) => item * 2),
  );
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(8);
  expect(counts.at(-1)).toBe(ITEMS.length);
});

it('begins nothing more once one has failed', async () => {
  const begun: number[] = [];
  const work = async (item: number) => {
    begun.push(item);
    await turn();
    if (item === 3) throw new Error('broken');
  };
  await expect(mapConcurrently(ITEMS, work)).rejects.toThrow('broken');
  for (const _ of ITEMS) await turn();
  expect(begun.length).toBeLessThan(20);
});

it('does nothing with nothing', async () => {
  expect(await mapConcurrently([], () => Promise.reject(new Error('never')))).toEqual([]);
});
