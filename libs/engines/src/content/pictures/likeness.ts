import type { Moment, Plane } from './stacked-pictures.ts';

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

export function likeness({ previous, here, next }: Moment, plane: Plane, hasFields: boolean): Likeness {
  const proxy = planeAt(here, plane.proxy, plane);
  const mean = meanOf(proxy);
  const to = (picture: Uint8Array, step = 0) => {
    const source = planeAt(picture, plane.source, plane);
    return shapeDistance(proxy, source, mean - meanOf(source), step === 0 ? null : plane.width);
  };
  return {
    own: to(here),
    before: previous === here ? Infinity : to(previous),
    after: next === here ? Infinity : to(next),
    exchanged: hasFields ? to(here, 1) : Infinity,
  };
}

function planeAt(picture: Uint8Array, offset: number, { width, height }: Plane): Uint8Array {
  return picture.subarray(offset, offset + width * height);
}

function meanOf(samples: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < samples.length; at++) sum += samples[at] as number;
  return sum / samples.length;
}

/** @param width of rows that are exchanged two by two; `null` leaves them. */
function shapeDistance(a: Uint8Array, b: Uint8Array, bias: number, width: number | null): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) {
    const other = width === null ? at : Math.floor(at / width) % 2 === 0 ? at + width : at - width;
    const difference = (a[at] as number) - (b[other] as number) - bias;
    sum += difference < 0 ? -difference : difference;
  }
  return sum / a.length;
}
