import { insideOf, withoutEdges, type NeighbouringFrames, type Plane } from './stacked-frames.ts';

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
  const proxy = planeAt(here, plane.proxy, plane);
  const mean = meanOf(proxy);
  const to = (frame: Uint8Array) => {
    const source = planeAt(frame, plane.source, plane);
    return shapeDistance(proxy, source, mean - meanOf(source));
  };
  return {
    own: to(here),
    before: previous === here ? Infinity : to(previous),
    after: next === here ? Infinity : to(next),
    exchanged: hasFields
      ? exchangedDistance(proxy, planeAt(here, plane.source, plane), plane)
      : Infinity,
  };
}

function planeAt(frame: Uint8Array, offset: number, plane: Plane): Uint8Array {
  return withoutEdges(frame.subarray(offset, offset + plane.width * plane.height), plane);
}

function meanOf(samples: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < samples.length; at++) sum += samples[at] as number;
  return sum / samples.length;
}

function shapeDistance(a: Uint8Array, b: Uint8Array, bias: number): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++)
    sum += Math.abs((a[at] as number) - (b[at] as number) - bias);
  return sum / a.length;
}

/** To the picture whose rows are exchanged two by two. */
function exchangedDistance(proxy: Uint8Array, source: Uint8Array, plane: Plane): number {
  const { left, right } = insideOf(plane);
  const width = right - left;
  const exchanged = new Uint8Array(source.length);
  for (let y = 0; y < source.length / width; y++) {
    const other = (y ^ 1) * width;
    exchanged.set(source.subarray(other, other + width), y * width);
  }
  return shapeDistance(proxy, exchanged, meanOf(proxy) - meanOf(source));
}
