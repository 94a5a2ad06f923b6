import type { FrameSize } from '../../proxy/plan/proxy-plan.ts';

/** Pixels that are worked out again of a picture: lines of it, spread over its height. */
const PIXELS = 16_384;
/** Bytes of a pixel: three codes of two. */
export const PIXEL_BYTES = 6;
/** Times that each line is told: as it is decoded, as R'G'B', and after the look. */
export const STAGES = 3;

/** The lines of a proxy by which its look is proven. */
export function lookSample({ width, height }: FrameSize): FrameSize {
  return { width, height: Math.min(height, Math.max(2, Math.floor(PIXELS / width))) };
}
