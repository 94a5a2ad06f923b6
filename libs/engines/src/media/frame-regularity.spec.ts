import { describe, expect, it } from 'vitest';
import { isRegular } from './frame-regularity.ts';

describe('a rate', () => {
  const head = (...seconds: number[]) => ({ seconds, firstStored: null, topFieldFirst: null });

  it('is kept within a tick of the clock', () => {
    expect(isRegular(head(0.067, 0.1, 0.134, 0.167), 30, 0.001)).toBe(true);
    expect(isRegular(head(0, 0.04, 0.08), 25, 1 / 90_000)).toBe(true);
  });

  it('is not kept by a picture that comes early, late, or not at all', () => {
    expect(isRegular(head(0, 0.04, 0.12), 25, 0.001)).toBe(false);
    expect(isRegular(head(0, 0.036, 0.08), 25, 0.001)).toBe(false);
  });
});
