import { rationalToNumber } from '../../media/index.ts';
import type { VideoPlan } from '../../proxy/plan/proxy-plan.ts';

/**
 * The number that each picture of a proxy shows: its time by the rate, rounded. At a rate that FFmpeg is made to keep, that is its place.
 *
 * @param times when each is shown, in seconds; `null` where the source only counts its pictures.
 */
export function frameNumbers(
  { timing, clock }: Pick<VideoPlan, 'timing' | 'clock'>,
  times: readonly number[] | null,
): (frame: number) => number {
  const rate = rationalToNumber(timing.rate);
  if (times === null || timing.mode === 'constant' || clock.fillsEverySlot) return (frame) => frame;
  return (frame) => {
    const time = times[frame];
    return time === undefined || Number.isNaN(time) ? frame : Math.round(time * rate);
  };
}
