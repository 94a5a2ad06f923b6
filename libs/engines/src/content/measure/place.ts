import type { TimingPlan } from '../../proxy/plan/proxy-plan.ts';
import { offsetTimecode, type Rational } from '../../media/index.ts';

/** Place of a frame in a proxy, counted from 0. */
export interface FramePlace {
  frame: number;
  /** `null` for a proxy without a timecode, and for all frames of a variable rate but the first. */
  timecode: string | null;
}

/** @param start the proxy's first timecode. */
export function placeOf(frame: number, start: string | null, rate: Rational): FramePlace {
  return { frame, timecode: start === null ? null : offsetTimecode(start, frame, rate) };
}

/** Place of a frame by its timing. Frames of a variable rate don't count time: only the first has a known timecode. */
export function placeOfFrame(
  frame: number,
  start: string | null,
  { mode, rate, variable }: TimingPlan,
): FramePlace {
  const counts = frame === 0 || !(mode === 'passthrough' && variable);
  return placeOf(frame, counts ? start : null, rate);
}

/** Rounds a measurement to hundredths, as in results. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
