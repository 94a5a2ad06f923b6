/** A value for red, green and blue. */
export type Triple = readonly [number, number, number];

/** The places of red, green and blue in a triple. */
export const CHANNELS = [0, 1, 2] as const;

/** Where the first and the last entry of a table lie, for each channel. */
export interface Domain {
  min: Triple;
  max: Triple;
}

/** A table for each channel by itself: `size` entries of three values, red, green and blue. */
export interface Curves {
  size: number;
  domain: Domain;
  values: Float32Array;
}

/** A table of colours: `size` to the third entries of three values; red moves on first, then green, then blue. */
export interface Cube {
  size: number;
  domain: Domain;
  values: Float32Array;
}

/** A lookup table as a `.cube` file holds it: curves, a cube, or curves and then a cube. One of them is there. */
export interface Lut {
  curves: Curves | null;
  cube: Cube | null;
}

/** From 0 to 1 in each channel. */
export const UNIT: Domain = { min: [0, 0, 0], max: [1, 1, 1] };
