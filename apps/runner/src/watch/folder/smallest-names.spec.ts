import { compareNames } from '@app/jobspec/folder';
import { describe, expect, it } from 'vitest';
import { SmallestNames } from './smallest-names.ts';

function collect(capacity: number, names: readonly string[]) {
  const smallest = new SmallestNames(capacity);
  for (const name of names) smallest.add(name);
  return smallest;
}

describe('the first names of many', () => {
  // A permutation: 7919 has no factor in common with 5000.
  const shuffled = Array.from({ length: 5000 }, (_, i) => `job-${(i * 7919) % 5000}.json`);

  it.each([1, 7, 100, 4999, 5000, 6000])('are kept in order: %d of 5000', (capacity) => {
    const expected = shuffled.toSorted(compareNames).slice(0, capacity);
    expect(collect(capacity, shuffled).take()).toEqual(expected);
  });

  it('are counted with all others, of which the last is known', () => {
    const { total, largest } = collect(3, shuffled);
    expect({ total, largest }).toEqual({ total: 5000, largest: 'job-999.json' });
  });

  it('are ordered by code point, not by UTF-16 unit', () => {
    const names = ['\u{1F3AC}.json', '\uFF21.json', 'a.json'];
    expect(collect(2, names).take()).toEqual(['a.json', '\uFF21.json']);
    expect(collect(2, names).largest).toBe('\u{1F3AC}.json');
  });

  it('are none of none', () => {
    const { total, largest } = collect(3, []);
    expect({ total, largest }).toEqual({ total: 0, largest: '' });
    expect(collect(3, []).take()).toEqual([]);
  });
});
