import type { ClockPlan, VideoPlan, TimingPlan } from '../../proxy/plan/proxy-plan.ts';

/** A look is proven in one of so many pictures. */
export const LINES_EVERY = 8;

/** Whether the proxy's pictures are those of the source one by one: others are repeated or left out after their filters. */
export function countsAsSource({ timing, clock }: { timing: TimingPlan; clock: ClockPlan }) {
  return timing.mode === 'passthrough' && !clock.fillsEverySlot;
}

/** Whether a filter repeats and leaves out pictures, and not FFmpeg behind all filters: see `turnFilters`. */
export function isFitted(frame: Pick<VideoPlan, 'timing' | 'clock' | 'burnIn'>): boolean {
  return !countsAsSource(frame) && (frame.clock.enforceMonotonicPts || frame.burnIn !== null);
}
