import { describe, expect, it } from 'vitest';
import { chooseQuantiser } from './trial.ts';

const QUANTISERS = [4, 8, 16];

/** A place at which halving the quantiser makes a picture of half the size. */
const halving = (search: number, finest: number) => [search, finest, finest / 2, finest / 4];

/** Sizes by encoder, of places that are given one by one. */
const sizesOf = (...places: number[][]) =>
  [0, 1, 2, 3].map((encoder) => places.map((place) => place[encoder] ?? 0));

const choose = (...places: number[][]) => chooseQuantiser(QUANTISERS, sizesOf(...places));

describe('one quantiser for a clip', () => {
  it('is the finest whose picture is no larger than that of the search', () => {
    expect(choose(halving(500, 1000))).toMatchObject({ quantiser: 8, size: 1 });
  });

  it('lies between two that were tried', () => {
    expect(choose(halving(400, 1000))).toMatchObject({ quantiser: 10, size: 1 });
  });

  it('may make the picture larger by one in a hundred', () => {
    expect(choose(halving(496, 1000)).quantiser).toBe(8);
    expect(choose(halving(494, 1000)).quantiser).toBe(9);
  });

  it('is never finer than the search may take', () => {
    expect(choose(halving(5000, 1000))).toMatchObject({ quantiser: 4, size: 0.2 });
  });

  it('is that of all places together', () => {
    expect(choose(halving(500, 1000), halving(400, 1000)).quantiser).toBe(9);
  });

  it('does not follow from places that look the same with every quantiser', () => {
    const black = [50, 55, 52, 50];
    expect(choose(black, halving(500, 1000)).quantiser).toBe(8);
  });
});

describe('the choice is left to the search', () => {
  it('where no quantiser is coarse enough', () => {
    expect(choose(halving(100, 1000))).toEqual({
      quantiser: null,
      reason: 'No quantiser that was tried keeps to the size of the search.',
      size: null,
    });
  });

  it('where nothing but black was tried: what follows may be anything', () => {
    expect(choose([50, 55, 52, 50]).quantiser).toBeNull();
  });

  it('where the trial failed', () => {
    expect(chooseQuantiser(QUANTISERS, null)).toMatchObject({
      quantiser: null,
      reason: 'Quantisers could not be tried on this clip.',
    });
  });
});
