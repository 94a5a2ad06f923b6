import type { Triple } from '@app/jobspec';

export type { Triple };

/** Indexes of red, green and blue in a triple. */
export const CHANNELS = [0, 1, 2] as const;

/** Input values of the first and the last entry of a table, for each channel. */
export interface Domain {
  min: Triple;
  max: Triple;
}

/** A table per channel: `size` entries of three values, red, green and blue. */
export interface Curves {
  size: number;
  domain: Domain;
  values: Float32Array;
}

/** A 3D table: `size` to the third entries of three values; red varies fastest, then green, then blue. */
export interface Cube {
  size: number;
  domain: Domain;
  values: Float32Array;
}

/** A lookup table as in a `.cube` file: curves, a cube, or curves followed by a cube. At least one is set. */
export interface Lut {
  curves: Curves | null;
  cube: Cube | null;
}

/** Domain from 0 to 1 in each channel. */
export const UNIT: Domain = { min: [0, 0, 0], max: [1, 1, 1] };

/** Value of one channel's curve, interpolated linearly and clamped beyond the domain. */
export function curveAt({ size, domain, values }: Curves, channel: number, value: number): number {
  const place = placeIn(value, domain.min[channel] as number, domain.max[channel] as number, size);
  const from = Math.min(Math.floor(place), size - 2);
  const [low, high] = [
    values[3 * from + channel] as number,
    values[3 * from + 3 + channel] as number,
  ];
  return low + (place - from) * (high - low);
}

/**
 * Looks up a colour in a cube, in place, by tetrahedral interpolation: the cell around it is cut into six tetrahedra along the
 * grey axis. The colour is clamped to the domain. Nothing is allocated, because this runs for millions of pixels.
 */
export function lookUp({ size, domain: { min, max }, values }: Cube, colour: Float64Array): void {
  let at = 0;
  for (const channel of CHANNELS) {
    const place = placeIn(colour[channel] as number, min[channel], max[channel], size);
    const cell = Math.min(Math.floor(place), size - 2);
    at += cell * stepOf(channel, size);
    colour[channel] = place - cell;
  }
  const [red, green, blue] = colour as unknown as Triple;
  // From the lowest corner of the cell to its highest, along the edge with the largest part first.
  const first = red >= green && red >= blue ? 0 : green >= blue ? 1 : 2;
  const last =
    blue <= red && blue <= green && first !== 2 ? 2 : green <= red && first !== 1 ? 1 : 0;
  const second = 3 - first - last;
  const parts = [red, green, blue] as const;
  const one = at + stepOf(first, size);
  const two = one + stepOf(second, size);
  const three = two + stepOf(last, size);
  const rest = 1 - parts[first];
  for (const channel of CHANNELS)
    colour[channel] =
      rest * (values[at + channel] as number) +
      (parts[first] - (parts[second] as number)) * (values[one + channel] as number) +
      ((parts[second] as number) - parts[last]) * (values[two + channel] as number) +
      parts[last] * (values[three + channel] as number);
}

function stepOf(channel: number, size: number): number {
  return channel === 0 ? 3 : channel === 1 ? 3 * size : 3 * size * size;
}

/** Position in entries, from 0 to `size - 1`. */
function placeIn(value: number, min: number, max: number, size: number): number {
  return Math.min(1, Math.max(0, (value - min) / (max - min))) * (size - 1);
}
