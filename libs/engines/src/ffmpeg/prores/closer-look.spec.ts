import { describe, expect, it } from 'vitest';
import { closerLook } from './closer-look.ts';

/** Sizes by encoder: the search, then a picture that every doubling of the quantiser halves, at each place. */
const sizesOf = (...search: number[]) => [
  search,
  ...[1000, 500, 250].map((size) => search.map(() => size)),
];

/** Where a clip of so many places, six seconds from each other, is looked at again. */
function closer(...search: number[]) {
  const trial = {
    quantisers: [4, 8, 16],
    places: search.map((_, index) => 3 + 6 * index),
    exact: true,
  };
  return closerLook(trial, sizesOf(...search));
}

describe('a closer look at a clip', () => {
  it('takes a picture before and one after each place, so that all are spread evenly', () => {
    expect(closer(1000, 1000, 300)).toEqual({
      quantisers: [4, 8, 16],
      places: [1, 5, 7, 11, 13, 17],
      exact: true,
    });
  });

  it('is taken where places ask for quantisers that differ by more than a factor of two', () => {
    expect(closer(1000, 490)?.places).toHaveLength(4);
    expect(closer(1000, 510)).toBeNull();
  });

  it('is taken where some places ask for a coarser quantiser than was tried', () => {
    expect(closer(260, 100)?.places).toHaveLength(4);
  });

  it('is not taken where all of them do', () => {
    expect(closer(200, 100)).toBeNull();
  });

  it('is not taken with one place, which differs from nothing', () => {
    expect(closer(300)).toBeNull();
    const start = { quantisers: [4, 8, 16], places: [null], exact: false };
    expect(closerLook(start, sizesOf(300))).toBeNull();
  });

  it('is not taken after a trial that failed', () => {
    expect(closerLook({ quantisers: [4, 8, 16], places: [3, 9], exact: true }, null)).toBeNull();
  });
});
