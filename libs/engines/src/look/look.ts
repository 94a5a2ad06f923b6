import type { JobCdl } from '@app/jobspec';
import type { Lut } from './lut.ts';

/** A lookup table and the hash of its file. */
export class ShowLut {
  constructor(
    /** Hash of the file, in lower-case hex. */
    readonly sha256: string,
    readonly lut: Lut,
  ) {}

  /** Serialises as the hash: plans are compared as JSON. */
  toJSON(): string {
    return this.sha256;
  }
}

/** 12-bit code values: black and white of video levels, and `max`, which stands for 1.0 at data levels. */
export interface CodeLevels {
  black: number;
  white: number;
  max: number;
}

/** Changes to the colours of a clip. */
export interface Look {
  cdl: JobCdl | null;
  lut: ShowLut | null;
  /** Meaning of 0 and 1: black and white, or code 0 and the largest code. */
  levels: 'video' | 'data';
}

/** Looks are applied at 12 bits: at this depth FFmpeg's LUT filters give the same result on every CPU. */
export const LOOK_BITS = 12;
export const LARGEST_CODE = 2 ** LOOK_BITS - 1;

/**
 * Code levels of video of the given bit depth, scaled to 12 bits.
 *
 * @param isFull true for full range.
 */
export function codeLevels(bits: number, isFull: boolean): CodeLevels {
  const max = (2 ** bits - 1) * 2 ** (LOOK_BITS - bits);
  return isFull ? { black: 0, white: max, max } : { black: 256, white: 3760, max };
}
