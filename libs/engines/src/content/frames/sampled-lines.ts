import { hasAlpha } from '../../media/index.ts';
import type { ClockPlan, VideoPlan, TimingPlan } from '../../proxy/plan/proxy-plan.ts';
import type { SampleForm } from './sample-form.ts';

/** Detail is compared in one of so many pictures; making the source's costs as much as the proxy's own scaling. */
export const LINES_EVERY = 8;

/** Samples of luma that are taken of a picture: the wider it is, the fewer lines. */
const SAMPLES = 54_000;

/** The form in which detail is compared: lines of the proxy pixel by pixel, spread over its height. */
export function sampledLines({
  size,
  pixelFormat,
}: Pick<VideoPlan, 'size' | 'pixelFormat'>): SampleForm {
  const width = even(size.width);
  const height = Math.min(even(size.height), Math.max(2, even(SAMPLES / width)));
  const isTransparent = hasAlpha(pixelFormat);
  const bytes = (width * height * (isTransparent ? 5 : 3)) / 2;
  return { size: { width, height }, hasAlpha: isTransparent, hasFields: false, bytes };
}

/** Whether the proxy's pictures are those of the source one by one: others are repeated or left out after their filters. */
export function countsAsSource({ timing, clock }: { timing: TimingPlan; clock: ClockPlan }) {
  return timing.mode === 'passthrough' && !clock.fillsEverySlot;
}

/** How many pictures of a clip give lines. */
export function framesWithLines(pictures: number): number {
  return Math.ceil(pictures / LINES_EVERY);
}

function even(pixels: number): number {
  return 2 * Math.floor(pixels / 2);
}
