import type { Becomes, BurnInPlace, LutRange } from './vocabulary.ts';

/** A value for red, green and blue. */
export type Triple = readonly [number, number, number];

/** An ASC CDL: slope and offset, clip, power, saturation by the weights of Rec. 709, clip. */
export interface JobCdl {
  readonly slope: Triple;
  readonly offset: Triple;
  readonly power: Triple;
  readonly saturation: number;
}

/** A `.cube` file. */
export interface JobLut {
  /** Absolute. */
  readonly path: string;
  /** Of the file, in lower-case hex. */
  readonly sha256: string;
}

/** What is done to the colours of a job's sources: CDL, then LUT. One of both is there. */
export interface JobLook {
  /** One for all sources, or one or `null` for each. */
  readonly cdl?: readonly (JobCdl | null)[];
  readonly lut?: JobLut;
  /** There exactly with a LUT. */
  readonly lut_range?: LutRange;
  /** There with a LUT. Without one, the tags of the source stay where it is absent. */
  readonly becomes?: Becomes;
}

/** A text in the picture. */
export interface JobBurnIn {
  /** With tokens: `{timecode}`, `{source_name}`. */
  readonly text: string;
  readonly at: BurnInPlace;
}

/** How proxies shall look. One of both is there. */
export interface Viewing {
  readonly look?: JobLook;
  /** At most one at each place. */
  readonly burn_in?: readonly JobBurnIn[];
}
