import type { JobCdl } from '@app/jobspec';
import type { Lut } from './lut.ts';

/** A lookup table and the file that it was read from. */
export class ShowLut {
  constructor(
    /** Of the file, in lower-case hex. */
    readonly sha256: string,
    readonly lut: Lut,
  ) {}

  /** Plans are compared as text, and a table has millions of numbers. */
  toJSON(): string {
    return this.sha256;
  }
}

/** Where black and white lie among the codes of 12 bits, and the code that stands for 1 where levels are data. */
export interface CodeLevels {
  black: number;
  white: number;
  max: number;
}

/** What is done to the colours of a clip. */
export interface Look {
  cdl: JobCdl | null;
  lut: ShowLut | null;
  /** Whether 0 and 1 are black and white, or code 0 and the largest code. */
  levels: 'video' | 'data';
}

/** The bits in which looks are worked out: FFmpeg's tables run the same code for them on every processor. */
export const LOOK_BITS = 12;
export const LARGEST_CODE = 2 ** LOOK_BITS - 1;

/**
 * The levels of a picture of so many bits, once its codes are shifted to 12.
 *
 * @param isFull whether its codes go from 0 to the largest one.
 */
export function codeLevels(bits: number, isFull: boolean): CodeLevels {
  const max = (2 ** bits - 1) * 2 ** (LOOK_BITS - bits);
  return isFull ? { black: 0, white: max, max } : { black: 256, white: 3760, max };
}
