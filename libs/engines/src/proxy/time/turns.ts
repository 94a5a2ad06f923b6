import type { VideoStream } from '../../media/index.ts';
import type { ClockPlan } from '../plan/proxy-plan.ts';
import { latePts, shownWithout } from './late-pts.ts';

/** Whether one of the first pictures has no time after that of the picture before it, and whose times are wrong. */
export function planTurns({
  head,
}: VideoStream): Pick<ClockPlan, 'enforceMonotonicPts' | 'ignoredLatePts'> {
  return {
    enforceMonotonicPts: head?.outOfTurn != null,
    ignoredLatePts: head?.ignoredLatePts ?? [],
  };
}

/** What is said of a source some of whose pictures are shown at other times than their own. */
export function turnWarnings({ head }: VideoStream): string[] {
  if (head?.outOfTurn == null) return [];
  const [first] = head.ignoredLatePts?.[0] ?? [];
  return [
    first === undefined
      ? `Frame ${head.outOfTurn} of the source (counted from 0) has no time after that of the frame before it. Such a frame is shown one frame after that one. Check the proxy.`
      : `Frame ${first} of the source (counted from 0) has a time that is too late for the frames after it. Such a frame is shown one frame after the one before it. Check the proxy.`,
  ];
}

/**
 * When pictures are shown whose times are put in turn: each at its own, and a frame after the one before it where that is
 * no later, or where it is misled. A decoder's order is that of its codec, and a time of the container that disagrees is wrong.
 *
 * @param times seconds, in the order of the decoder; `NaN` for a picture without one.
 * @param frameSeconds of the source's rate.
 * @param tickSeconds of the clock of these times: half a tick is no difference.
 */
export function inTurn(
  times: readonly number[],
  frameSeconds: number,
  tickSeconds: number,
): number[] {
  const ignoredLatePts = latePts(times, frameSeconds, tickSeconds);
  return shownWithout(ignoredLatePts, times, frameSeconds, tickSeconds);
}
