import type { LookPlan } from '../plan/proxy-plan.ts';
import { SCALER_MATRICES } from './matrices.ts';

/** Times by which limited range has more codes of colour than of luma. */
const MORE_CHROMA = 224 / 219;
/** The code of 12 bits for no colour. */
const GREY = 2048;

/** R'G'B' of a decoded pixel: codes of 12 bits, neither whole nor cut. It is the same array each time: millions of pixels go through here. */
export type DecodedCodes = (first: number, second: number, third: number) => Float64Array;

/**
 * From codes as they are decoded to those that a look works on, by the definition of the source's matrix (ITU-T H.273): black and white keep
 * their codes. It takes planes in FFmpeg's order: Y', Cb, Cr, or green, blue, red.
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
