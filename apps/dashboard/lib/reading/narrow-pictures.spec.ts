import { describe, expect, it } from 'vitest';
import { PICTURES_KEPT, picturesOf } from './narrow-pictures.ts';

const PICTURE = {
  path: '/watch/.runner/pictures/a/0.jpg',
  frame: 12,
  timecode: '01:00:00:12',
  width: 320,
  height: 180,
};

describe('the pictures of a clip', () => {
  it('are taken as the result lists them', () => {
    expect(picturesOf([PICTURE])).toEqual([PICTURE]);
  });

  it.each([undefined, null, 'a.jpg', 7, {}, [null, 3, 'a.jpg', [PICTURE], {}, { path: 7 }]])(
    'are none when %j stands there',
    (value) => {
      expect(picturesOf(value)).toEqual([]);
    },
  );

  it('are a few of however many', () => {
    expect(picturesOf(Array.from({ length: 10_000 }, () => PICTURE))).toHaveLength(PICTURES_KEPT);
  });

  it.each([1e308, -1, 1.5, '320', null, { width: 320 }, Number.MAX_SAFE_INTEGER])(
    'have no size of %j',
    (side) => {
      expect(picturesOf([{ ...PICTURE, width: side, height: side }])).toEqual([
        { ...PICTURE, width: null, height: null },
      ]);
    },
  );

  it('have no path and no timecode of any length', () => {
    const long = 'x'.repeat(100_000);
    expect(picturesOf([{ ...PICTURE, path: long }])).toEqual([]);
    expect(picturesOf([{ ...PICTURE, timecode: long }])).toEqual([{ ...PICTURE, timecode: null }]);
  });
});
