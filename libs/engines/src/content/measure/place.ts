import type { TimingPlan } from '../../proxy/plan/proxy-plan.ts';
import { offsetTimecode, type Rational } from '../../media/index.ts';

/** Where in a proxy something was found; counted from 0. */
export interface FramePlace {
  frame: number;
  /** `null` for a proxy without a timecode, and where pictures are no count of time. */
  timecode: string | null;
}

/** @param start the proxy's first timecode. */
export function placeOf(frame: number, start: string | null, rate: Rational): FramePlace {
  return { frame, timecode: start === null ? null : offsetTimecode(start, frame, rate) };
}

/** Pictures of a variable rate don't count time: only the first one's timecode is known. */
export function placeOfFrame(
  frame: number,
  start: string | null,
  { mode, rate, variable }: TimingPlan,
): FramePlace {
  const counts = frame === 0 || !(mode === 'passthrough' && variable);
  return placeOf(frame, counts ? start : null, rate);
}

/** As results tell what was measured of pictures: to the hundredth. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
