import { insideOf, type NeighbouringFrames, type Plane } from './stacked-frames.ts';

/**
 * How far the proxy's picture is from pictures of the source: its own, the ones before and after it, and its own with the
 * fields exchanged. Brightness as a whole doesn't count, which some encoders shift by two levels; shapes do.
 */
export interface Likeness {
  own: number;
  before: number;
  after: number;
  /** Infinite for whole frames. */
  exchanged: number;
}

export function likeness(
  { previous, here, next }: NeighbouringFrames,
  plane: Plane,
  hasFields: boolean,
): Likeness {
  const to = (frame: Uint8Array, row = 0) => shapeDistance(here, frame, plane, row);
  return {
    own: to(here),
    before: previous === here ? Infinity : to(previous),
    after: next === here ? Infinity : to(next),
    exchanged: hasFields ? to(here, 1) : Infinity,
  };
}

/** @param row 1 to exchange the rows of the source two by two, else 0. */
function shapeDistance(here: Uint8Array, other: Uint8Array, plane: Plane, row: number): number {
  const { left, right, top, bottom } = insideOf(plane);
  const mean = (of: (off: number) => number) => {
    let sum = 0;
    for (let y = top; y < bottom; y++) {
      const [found, wanted] = [y * plane.width, (y ^ row) * plane.width];
      for (let x = left; x < right; x++)
        sum += of(
          (here[plane.proxy + found + x] as number) - (other[plane.source + wanted + x] as number),
        );
    }
    return sum / ((right - left) * (bottom - top));
  };
  const bias = mean((off) => off);
  return mean((off) => Math.abs(off - bias));
}
