import { hasAlpha } from '../../media/index.ts';
import type { ClockPlan, VideoPlan, TimingPlan } from '../../proxy/plan/proxy-plan.ts';
import type { SampleForm } from './sample-form.ts';

/** Detail is compared in one of so many pictures; making the source's costs as much as the proxy's own scaling. */
export const LINES_EVERY = 8;

/**
 * So many frames with lines tell enough of a clip: what is lost or added in all of it, or stands in one place. A longer clip has as
 * many, farther apart, as their lines take more space than everything else that is kept; but not farther than this many frames.
 */
const ENOUGH_FRAMES = 250;
const FARTHEST = 12 * LINES_EVERY;

/** Samples of luma that are taken of a picture: the wider it is, the fewer lines. */
const SAMPLES = 54_000;

/** The form in which detail is compared: lines of the proxy pixel by pixel, spread over its height. */
export interface SampledLines extends SampleForm {
  /** One of so many frames gives them. */
  every: number;
}

/** @param frames that the clip has at least; 0 where nobody knows. */
export function sampledLines(
  { size, pixelFormat }: Pick<VideoPlan, 'size' | 'pixelFormat'>,
  frames = 0,
): SampledLines {
  const width = even(size.width);
  const height = Math.min(even(size.height), Math.max(2, even(SAMPLES / width)));
  const isTransparent = hasAlpha(pixelFormat);
  const bytes = (width * height * (isTransparent ? 5 : 3)) / 2;
  const steps = Math.max(1, Math.ceil(frames / (LINES_EVERY * ENOUGH_FRAMES)));
  const every = Math.min(FARTHEST, LINES_EVERY * steps);
  return { size: { width, height }, hasAlpha: isTransparent, hasFields: false, bytes, every };
}

/** Whether the proxy's pictures are those of the source one by one: others are repeated or left out after their filters. */
export function countsAsSource({ timing, clock }: { timing: TimingPlan; clock: ClockPlan }) {
  return timing.mode === 'passthrough' && !clock.fillsEverySlot;
}

/** Whether a filter repeats and leaves out pictures, and not FFmpeg behind all filters: see `turnFilters`. */
export function isFitted(frame: Pick<VideoPlan, 'timing' | 'clock' | 'burnIn'>): boolean {
  return !countsAsSource(frame) && (frame.clock.enforceMonotonicPts || frame.burnIn !== null);
}

/** How many frames of a clip give lines. */
export function framesWithLines(frames: number, every: number): number {
  return Math.ceil(frames / every);
}

function even(pixels: number): number {
  return 2 * Math.floor(pixels / 2);
}
