import type { VideoStream } from '../../media/index.ts';
import type { ClockPlan } from '../plan/proxy-plan.ts';

/** So many rows of pictures can be named in a filter; where more are wrong, times have another fault. */
const MOST_MISLED = 32;

/** Pictures, counted from 0, that follow each other, from the first to the last. */
export type PictureRow = readonly [first: number, last: number];

/** Whether one of the first pictures has no time after that of the picture before it, and whose times are wrong. */
export function planTurns({ head }: VideoStream): Pick<ClockPlan, 'putsInTurn' | 'misled'> {
  return { putsInTurn: head?.outOfTurn != null, misled: head?.misled ?? [] };
}

/** What is said of a source some of whose pictures are shown at other times than their own. */
export function turnWarnings({ head }: VideoStream): string[] {
  if (head?.outOfTurn == null) return [];
  const [first] = head.misled?.[0] ?? [];
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
  const misled = misledPictures(times, frameSeconds, tickSeconds);
  return shownWithout(misled, times, frameSeconds, tickSeconds);
}

/**
 * Pictures whose own times make those behind them late: without them, more of the others are shown at their times. Parameters
 * are those of {@link inTurn}.
 */
export function misledPictures(
  times: readonly number[],
  frameSeconds: number,
  tickSeconds: number,
): PictureRow[] {
  const misled = rowsOf(aheadOfTheRest(times, tickSeconds / 2));
  if (misled.length === 0 || misled.length > MOST_MISLED) return [];
  const late = (without: readonly PictureRow[]) =>
    shownWithout(without, times, frameSeconds, tickSeconds).filter((time, n) => time !== times[n])
      .length;
  return late(misled) < late([]) ? misled : [];
}

function rowsOf(pictures: readonly number[]): PictureRow[] {
  const rows: [number, number][] = [];
  for (const picture of pictures) {
    const row = rows.at(-1);
    if (row && row[1] === picture - 1) row[1] = picture;
    else rows.push([picture, picture]);
  }
  return rows;
}

/** The share of pictures that may be at other times than their own; where it is more, times say nothing. */
const FEW = 0.1;
/** Seconds by which pictures may come late in their turn. */
const LATE = 0.1;

/**
 * Whether times are so wrong that pictures in their turn would be far from their sound. Where all times begin again, those of the
 * sound do, too, and each part is judged alone. Where all are one, there is nothing else. Parameters as of {@link inTurn}.
 */
export function areHopeless(
  times: readonly number[],
  frameSeconds: number,
  tickSeconds: number,
): boolean {
  const least = tickSeconds / 2;
  const [first = 0] = times;
  if (times.every((time) => Math.abs(time - first) <= least)) return false;
  const isBegin = (n: number) =>
    n === 0 || ((times[n] ?? 0) <= first + least && (times[n - 1] ?? 0) > first + least);
  const begins = [...times.keys()].filter(isBegin);
  return begins.some((begin, part) =>
    isHopelessPart(times.slice(begin, begins[part + 1]), frameSeconds, least),
  );
}

function isHopelessPart(times: readonly number[], frameSeconds: number, least: number): boolean {
  const few = Math.max(1, FEW * times.length);
  const [first = 0] = times;
  const back = times.filter((time, n) => time < (times[n - 1] ?? time) - least).length;
  if (back > few || times.some((time) => time < first - least)) return true;
  const shown = inTurn(times, frameSeconds, 2 * least);
  const late = shown.map((time, n) => time - (times[n] ?? time));
  const most = Math.max(LATE, 2 * frameSeconds);
  const isInOrder = (n: number) => n > 0 && (times[n] ?? 0) > (times[n - 1] ?? 0) + least;
  return (
    late.filter((seconds) => seconds > least).length > few ||
    late.some((seconds, n) => isInOrder(n) && seconds > most)
  );
}

function shownWithout(
  misled: readonly PictureRow[],
  times: readonly number[],
  frameSeconds: number,
  tickSeconds: number,
): number[] {
  let last = Number.NEGATIVE_INFINITY;
  const own = [...times];
  for (const [from, to] of misled) own.fill(Number.NaN, from, to + 1);
  return own.map((time) => {
    last = time > last + tickSeconds / 2 ? time : last + frameSeconds;
    return last;
  });
}

/** Which are outside the longest row of times that go forward, and not before the next one in it. The first picture is none. */
function aheadOfTheRest(times: readonly number[], tolerance: number): number[] {
  const kept = new Set(longestForward(times));
  const ahead: number[] = [];
  let next = Infinity;
  for (let n = times.length - 1; n > 0; n--) {
    const time = times[n] as number;
    if (kept.has(n)) next = time;
    else if (time > next - tolerance) ahead.push(n);
  }
  return ahead.toReversed();
}

/** The longest row of numbers, by their places, of which each is greater than the one before it (patience sorting). */
function longestForward(times: readonly number[]): number[] {
  const ends: number[] = [];
  const before: (number | undefined)[] = [];
  for (const [n, time] of times.entries()) {
    if (Number.isNaN(time)) continue;
    const length = firstNotBelow(ends, time, times);
    before[n] = ends[length - 1];
    ends[length] = n;
  }
  const row: number[] = [];
  for (let n = ends.at(-1); n !== undefined; n = before[n]) row.push(n);
  return row;
}

function firstNotBelow(ends: readonly number[], time: number, times: readonly number[]): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[ends[middle] as number] as number) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
