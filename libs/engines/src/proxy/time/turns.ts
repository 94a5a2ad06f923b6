import type { Turn, VideoStream } from '../../media/index.ts';
import type { ClockPlan } from '../plan/proxy-plan.ts';
import { latePts, shownWithout } from './late-pts.ts';

/** Whether one of the first pictures has no time after that of the picture before it, and which aren't shown at theirs. */
export function planTurns({ head }: VideoStream): Pick<ClockPlan, 'enforceMonotonicPts' | 'turns'> {
  if (head?.outOfTurn == null) return { enforceMonotonicPts: false, turns: null };
  return { enforceMonotonicPts: true, turns: head.turns ?? null };
}

/** What is said of a source some of whose pictures are shown at other times than their own. */
export function turnWarnings({ head }: VideoStream): string[] {
  if (head?.outOfTurn == null) return [];
  const [first] = head.turns?.[0] ?? [head.outOfTurn];
  return [
    `Frame ${first} of the source (counted from 0) has a time that isn’t between those of the frames beside it. Such a frame is shown one frame after the one before it, or sooner, so that the next keeps its time. Check the proxy.`,
  ];
}

/**
 * When pictures are shown whose times are put in turn. A decoder's order is that of its codec, and a time of the container that
 * disagrees is wrong.
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
  const frame = Math.min(frameSeconds, usualStep(times) ?? frameSeconds);
  const ignoredLatePts = latePts(times, frame, tickSeconds);
  return shownWithout(ignoredLatePts, times, frame, tickSeconds);
}

/** That of half of the pictures: the rate of a variable source is that of an editor. */
function usualStep(times: readonly number[]): number | null {
  const steps = times.slice(1).flatMap((time, n) => {
    const step = time - (times[n] as number);
    return step > 0 ? step : [];
  });
  return steps.length < times.length / 2
    ? null
    : (steps.toSorted((a, b) => a - b)[steps.length >> 1] ?? null);
}

/** Seconds of steps that are one: sums of fractions differ by less. */
const SAME_STEP = 1e-9;

/** Rows of pictures that aren't shown at their own times, as {@link inTurn} shows them. */
export function turnsOf(times: readonly number[], shown: readonly number[]): Turn[] {
  const rows: [first: number, last: number, stepSeconds: number][] = [];
  for (const [n, time] of shown.entries()) {
    if (n === 0 || time === times[n]) continue;
    const step = time - (shown[n - 1] ?? time);
    const row = rows.at(-1);
    if (row && row[1] === n - 1 && Math.abs(row[2] - step) < SAME_STEP) row[1] = n;
    else rows.push([n, n, step]);
  }
  return rows;
}
