import type { Triple } from './lut.ts';

/** A colour decision by the ASC's numbers, in the names of the JobSpec. */
export interface Cdl {
  /** At least 0. */
  slope: Triple;
  offset: Triple;
  /** More than 0. */
  power: Triple;
  /** At least 0; 1 leaves colours as they are. */
  saturation: number;
}

/** Weights of luma by Rec. 709, which the ASC CDL takes for every picture. */
export const LUMA: Triple = [0.2126, 0.7152, 0.0722];

/** Slope, offset, clip, power of one channel. */
export function sopOf({ slope, offset, power }: Cdl, channel: number): (value: number) => number {
  const [times, plus, exponent] = [slope[channel], offset[channel], power[channel]] as Triple;
  return (value) => clipped(value * times + plus) ** exponent;
}

/** Red, green and blue with their distance from luma scaled; not clipped. */
export function saturated([red, green, blue]: Triple, saturation: number): Triple {
  const luma = red * LUMA[0] + green * LUMA[1] + blue * LUMA[2];
  const away = (value: number) => luma + saturation * (value - luma);
  return [away(red), away(green), away(blue)];
}

export function clipped(value: number): number {
  return Math.min(1, Math.max(0, value));
}
