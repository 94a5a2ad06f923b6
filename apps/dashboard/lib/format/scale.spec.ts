import { describe, expect, it } from 'vitest';
import { scaleEnd } from './scale.ts';

describe('a scale', () => {
  it.each([
    [0, 2],
    [Number.NaN, 2],
    [1, 1],
    [3, 4],
    [4.1, 6],
    [9, 10],
    [14, 20],
    [0.3, 0.4],
    [123_456, 200_000],
  ])('for %d ends at %d', (most, end) => {
    expect(scaleEnd(most)).toBeCloseTo(end, 9);
  });
});
