import { describe, expect, it } from 'vitest';
import { isLargerThanSearch, sizeAgainstSearch, triedFrames } from './sizes.ts';

type Planned = Parameters<typeof sizeAgainstSearch>[0];

/** 920 macroblocks, of which the search gives each 300 bits at most: 34,500 bytes. */
function planned(codec = 'prores_proxy', pixelFormat = 'yuv422p10le') {
  const video = { size: { width: 640, height: 360 }, pixelFormat };
  return { codec, video } as Planned;
}

const TRIED = [
  { fixed: 1000, search: 1500 },
  { fixed: 3000, search: 2500 },
];
const times = (count: number, size: number) => Array.from({ length: count }, () => size);

describe('the size of a whole clip against that of the search', () => {
  it.each([
    ['between those that were tried', 2000, 1],
    ['below them', 500, 500 / 750],
    ['above them', 6000, 6000 / 5000],
    ['far above, where the search gives no more', 100_000, 100_000 / 34_500],
  ])('follows from the size of each picture: %s', (_, size, expected) => {
    expect(sizeAgainstSearch(planned(), TRIED, times(7, size))).toBeCloseTo(expected, 6);
  });

  it.each([
    ['prores_hq', 920 * 1566],
    ['prores_4444', 920 * 2350],
  ])('has the most that the search gives by profile: %s', (codec, bits) => {
    const size = sizeAgainstSearch(planned(codec), [{ fixed: 10, search: 10 }], [1e6]);
    expect(size).toBeCloseTo((1e6 * 8) / bits, 6);
  });

  it('has no such bound with alpha', () => {
    const plan = planned('prores_4444', 'yuva444p10le');
    expect(sizeAgainstSearch(plan, [{ fixed: 10, search: 10 }], [1e6])).toBe(1);
  });
});

describe('a clip that one quantiser has made', () => {
  const even = [{ fixed: 10_000, search: 10_000 }];

  it('is larger than by the search where a part is much harder than what was tried', () => {
    const clip = [...times(100, 10_000), ...times(10, 60_000)];
    expect(isLargerThanSearch(planned(), even, clip)).toBe(true);
  });

  it('may be larger by five in a hundred', () => {
    const clip = [...times(100, 10_000), ...times(2, 60_000)];
    expect(isLargerThanSearch(planned(), even, clip)).toBe(false);
  });

  it('is not known to be where nothing was tried, or it was not read', () => {
    expect(isLargerThanSearch(planned(), [], times(10, 60_000))).toBe(false);
    expect(isLargerThanSearch(planned(), even, [])).toBe(false);
  });
});

it('what was tried is told by the chosen quantiser, between two that were', () => {
  expect(triedFrames([4, 16], [[700], [1600], [400]], 8)).toEqual([{ fixed: 800, search: 700 }]);
});
