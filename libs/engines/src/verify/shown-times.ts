import { rationalToNumber } from '../media/index.ts';
import { inTurn } from '../proxy/time/turns.ts';
import type { RunCounts } from './output-facts.ts';
import type { ProxyExpectation } from './proxy-expectation.ts';

/**
 * When each picture is to be shown, in seconds, in the order of the decoder: at its own time or in its turn. `null` where
 * nothing was told, or where the source only counts its pictures and their times are FFmpeg's guesses.
 */
export function shownTimes(
  { video: { timing, clock } }: ProxyExpectation,
  { frameTimes, frameTick }: RunCounts,
): readonly number[] | null {
  if (frameTimes === null || clock?.constantRate != null) return null;
  if (!clock?.enforceMonotonicPts) return frameTimes;
  return inTurn(frameTimes, 1 / rationalToNumber(timing.sourceRate), frameTick);
}
