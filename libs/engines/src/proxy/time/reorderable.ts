import { inTurn } from './turns.ts';

/** The share of pictures that may be at other times than their own; where it is more, times say nothing. */
const FEW = 0.1;
/** Seconds by which pictures may come late in their turn. */
const LATE = 0.1;

/**
 * Whether times are so wrong that pictures in their turn would be far from their sound. Where all times begin again, those of the
 * sound do, too, and each part is judged alone. Where all are one, there is nothing else. Parameters as of {@link inTurn}.
 */
export function cannotBeReordered(
  times: readonly number[],
  frameSeconds: number,
  tickSeconds: number,
): boolean {
  const least = tickSeconds / 2;
  const [first = 0] = times;
  if (backwardSteps(times, least) > Math.max(1, FEW * times.length)) return true;
  if (times.every((time) => Math.abs(time - first) <= least)) return false;
  const isBegin = (n: number) =>
    n === 0 || ((times[n] ?? 0) <= first + least && (times[n - 1] ?? 0) > first + least);
  const begins = [...times.keys()].filter(isBegin);
  return begins.some((begin, part) =>
    cannotReorderPart(times.slice(begin, begins[part + 1]), frameSeconds, least),
  );
}

function backwardSteps(times: readonly number[], least: number): number {
  return times.filter((time, n) => time < (times[n - 1] ?? time) - least).length;
}

function cannotReorderPart(times: readonly number[], frameSeconds: number, least: number): boolean {
  const few = Math.max(1, FEW * times.length);
  const [first = 0] = times;
  if (times.some((time) => time < first - least)) return true;
  const shown = inTurn(times, frameSeconds, 2 * least);
  const late = shown.map((time, n) => time - (times[n] ?? time));
  const most = Math.max(LATE, 2 * frameSeconds);
  const isInOrder = (n: number) => n > 0 && (times[n] ?? 0) > (times[n - 1] ?? 0) + least;
  return (
    late.filter((seconds) => seconds > least).length > few ||
    late.some((seconds, n) => isInOrder(n) && seconds > most)
  );
}
