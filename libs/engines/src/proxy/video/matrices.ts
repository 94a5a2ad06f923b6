import type { VideoStream } from '../../media/index.ts';
import type { LookPlan } from '../plan/proxy-plan.ts';

/** Matrix that can be converted from: weights of red and blue in luma, the rest being that of green (ITU-T H.273, table 4). */
interface ScalerMatrix {
  red: number;
  blue: number;
  /** The scaler's name for it. */
  scaler: string;
}

/** Matrices that the scaler knows. */
export const SCALER_MATRICES: ReadonlyMap<string, ScalerMatrix> = new Map([
  ['bt709', { red: 0.2126, blue: 0.0722, scaler: 'bt709' }],
  ['smpte170m', { red: 0.299, blue: 0.114, scaler: 'smpte170m' }],
  ['bt470bg', { red: 0.299, blue: 0.114, scaler: 'bt470' }],
  ['smpte240m', { red: 0.212, blue: 0.087, scaler: 'smpte240m' }],
  ['fcc', { red: 0.3, blue: 0.11, scaler: 'fcc' }],
  ['bt2020nc', { red: 0.2627, blue: 0.0593, scaler: 'bt2020' }],
]);

/** Smallest height of HD, whose matrix is BT.709. */
const HD_LINES = 720;

/** Matrix of an untagged frame, as players choose it. */
export function assumedMatrix(video: VideoStream, lines: number): string {
  if (video.colorPrimaries === 'bt2020') return 'bt2020nc';
  return lines >= HD_LINES ? 'bt709' : 'smpte170m';
}

/** Lines of SD with the primaries of its standard (ITU-R BT.601); players take any other size for BT.709. */
const SD_PRIMARIES: ReadonlyMap<number | null, string> = new Map([
  [480, 'smpte170m'],
  [486, 'smpte170m'],
  [576, 'bt470bg'],
]);

/** Primaries of an untagged frame, as players choose them. */
export function assumedPrimaries({ height }: VideoStream): string {
  return SD_PRIMARIES.get(height) ?? 'bt709';
}

/** A tag with a value, else `null`. */
export function known(tag: string | null): string | null {
  return tag === 'unknown' || tag === 'reserved' || tag === 'unspecified' ? null : tag;
}

/** Codes of chroma per code of luma in limited range. */
const MORE_CHROMA = 224 / 219;
/** 12-bit code of neutral chroma. */
const GREY = 2048;

/**
 * R'G'B' of a decoded pixel in 12-bit codes, neither rounded nor clipped. The array is reused, because this runs for millions of
 * pixels.
 */
export type DecodedCodes = (first: number, second: number, third: number) => Float64Array;

/**
 * Converts decoded codes to those that a look works on, by the definition of the source's matrix (ITU-T H.273): black and white
 * keep their codes. It takes planes in FFmpeg's order: Y', Cb, Cr, or green, blue, red.
 */
export function decodedCodes({ matrix, isFull }: LookPlan): DecodedCodes {
  const codes = new Float64Array(3);
  const weights = matrix === null ? undefined : SCALER_MATRICES.get(matrix);
  if (weights === undefined)
    return (green, blue, red) => {
      codes.set([red, green, blue]);
      return codes;
    };
  const { red, blue } = weights;
  const green = 1 - red - blue;
  const chroma = isFull ? 1 : 1 / MORE_CHROMA;
  const [ofBlue, ofRed] = [2 * (1 - blue) * chroma, 2 * (1 - red) * chroma];
  return (luma, cb, cr) => {
    const [blueLess, redLess] = [ofBlue * (cb - GREY), ofRed * (cr - GREY)];
    codes[0] = luma + redLess;
    codes[1] = luma - (red * redLess + blue * blueLess) / green;
    codes[2] = luma + blueLess;
    return codes;
  };
}
