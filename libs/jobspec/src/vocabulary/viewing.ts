import type { Becomes, BurnInPlace, LutRange } from './vocabulary.ts';

/** Values for red, green and blue. */
export type Triple = readonly [number, number, number];

/** ASC CDL: slope and offset, clip, power, saturation by the weights of Rec. 709, clip. */
export interface JobCdl {
  readonly slope: Triple;
  readonly offset: Triple;
  readonly power: Triple;
  readonly saturation: number;
}

/** `.cube` file. */
export interface JobLut {
  /** Absolute path. */
  readonly path: string;
  /** Hash of the file, in lower-case hex. */
  readonly sha256: string;
}

/** Colour transformation of a job's sources: CDL, then LUT; at least one of them. */
export interface JobLook {
  /** One for all sources, or one or `null` for each. */
  readonly cdl?: readonly (JobCdl | null)[];
  readonly lut?: JobLut;
  /** Present if and only if there is a LUT. */
  readonly lut_range?: LutRange;
  /** Required with a LUT. If absent, the tags of the source stay. */
  readonly becomes?: Becomes;
}

/** Text burnt into the picture. */
export interface JobBurnIn {
  /** With tokens: `{timecode}`, `{source_name}`. */
  readonly text: string;
  readonly at: BurnInPlace;
}

/** Look and burnt-in text of proxies; at least one of them. */
export interface Viewing {
  readonly look?: JobLook;
  /** At most one at each place. */
  readonly burn_in?: readonly JobBurnIn[];
}
