import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { latestFirst } from './latest-first.ts';
import { timesOf } from './times-of.ts';

const numbered = (count: number) =>
  Array.from({ length: count }, (_, at) => `job-${String(at).padStart(7, '0')}`);
const numberOf = (name: string) => Number(name.slice(4));

describe('jobs of the first reading', () => {
  it('come the latest first, whatever their names are', async () => {
    const times = new Map([
      ['a', 30],
      ['b', 10],
      ['c', 40],
      ['d', 20],
    ]);
    const told = async (some: readonly string[]) =>
      Float64Array.from(some, (name) => times.get(name) ?? Number.NaN);
    expect(await latestFirst([...times.keys()], told)).toEqual(['c', 'a', 'd', 'b']);
  });

  it('keep the order of their names behind the latest', async () => {
    const names = numbered(5000);
    const ordered = await latestFirst(names, async (some) => Float64Array.from(some, numberOf));
    expect(ordered.slice(0, 2)).toEqual(['job-0004999', 'job-0004998']);
    expect(ordered.slice(2000)).toEqual(names.slice(0, 3000));
  });

  it('come with their neighbours where time was too short to look at all', async () => {
    const names = numbered(40_000);
    // The latest lie in the middle of the names; one in ten was looked at.
    const looked = async (some: readonly string[]) =>
      Float64Array.from(some, (name, at) =>
        at % 10 === 0 ? -Math.abs(numberOf(name) - 20_000) : Number.NaN,
      );
    const ordered = await latestFirst(names, looked);
    const first = ordered.slice(0, 2000).map(numberOf);
    expect([Math.min(...first), Math.max(...first)]).toEqual([19_000, 20_999]);
    expect(ordered).toHaveLength(names.length);
  });

  it('are looked at here and there when there are a great many', async () => {
    const names = numbered(500_000);
    let asked = 0;
    const ordered = await latestFirst(names, async (some) => {
      asked = some.length;
      return Float64Array.from(some, numberOf);
    });
    expect(asked).toBeLessThanOrEqual(200_000);
    expect(numberOf(ordered[0] ?? '')).toBeGreaterThan(499_990);
    expect(new Set(ordered).size).toBe(names.length);
  });

  it('stay as they are when nobody could look', async () => {
    const names = numbered(3);
    expect(
      await latestFirst(names, async (some) => new Float64Array(some.length).fill(Number.NaN)),
    ).toEqual(names);
    expect(await latestFirst([], async () => new Float64Array())).toEqual([]);
  });
});

describe('times of files', () => {
  it('are those of all that are there, and of none when there is no time', async () => {
    const path = mkdtempSync(join(tmpdir(), 'times-'));
    const names = numbered(600);
    for (const name of names) {
      writeFileSync(join(path, name), '');
      utimesSync(join(path, name), 0, numberOf(name));
    }
    rmSync(join(path, 'job-0000007'));
    const times = await timesOf(path, names, Infinity);
    expect([...times].filter(Number.isNaN)).toHaveLength(1);
    expect([times[3], times[7], times[599]]).toEqual([3000, Number.NaN, 599_000]);
    expect([...(await timesOf(path, names, -1))].every(Number.isNaN)).toBe(true);
    rmSync(path, { recursive: true });
  });
});
