import type { JobCdl } from '@app/jobspec';
import type { Lut } from './lut.ts';

/** A lookup table and the hash of its file. */
export class ShowLut {
  constructor(
    /** Hash of the file, in lower-case hex. */
    readonly sha256: string,
    readonly lut: Lut,
  ) {}

  /** Plans are compared as text, and a table has millions of numbers. */
  toJSON(): string {
    return this.sha256;
  }
}

/** 12-bit codes of black and white, and the code of 1 if levels are data. */
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

/** Bits of precision of looks: FFmpeg's tables run the same code for them on every processor. */
export const LOOK_BITS = 12;
export const LARGEST_CODE = 2 ** LOOK_BITS - 1;

/**
 * Levels of video with some bit depth, once its codes are shifted to 12 bits.
 *
 * @param isFull true for full range.
 */
export function codeLevels(bits: number, isFull: boolean): CodeLevels {
  const max = (2 ** bits - 1) * 2 ** (LOOK_BITS - bits);
  return isFull ? { black: 0, white: max, max } : { black: 256, white: 3760, max };
}
