import type { PictureRow } from '../../media/index.ts';

/** So many rows of pictures can be named in a filter; where more are wrong, times have another fault. */
const MOST_IGNORED = 32;

/**
 * Pictures whose own times make those behind them late: without them, more of the others are shown at their times. Parameters
 * are those of `inTurn`.
 */
export function latePts(
  times: readonly number[],
  frameSeconds: number,
  tickSeconds: number,
): PictureRow[] {
  const ignoredLatePts = rowsOf(aheadOfTheRest(times, tickSeconds / 2));
  if (ignoredLatePts.length === 0 || ignoredLatePts.length > MOST_IGNORED) return [];
  const late = (without: readonly PictureRow[]) =>
    shownWithout(without, times, frameSeconds, tickSeconds).filter((time, n) => time !== times[n])
      .length;
  return late(ignoredLatePts) < late([]) ? ignoredLatePts : [];
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

/**
 * When pictures are shown of which those rows have no times of their own: each at its own, else a frame after the one before it.
 * Behind one that was put in its turn, a time that is nearer than half a frame is none either: clocks round.
 */
export function shownWithout(
  ignoredLatePts: readonly PictureRow[],
  times: readonly number[],
  frameSeconds: number,
  tickSeconds: number,
): number[] {
  let [last, wasInTurn] = [Number.NEGATIVE_INFINITY, false];
  const own = [...times];
  for (const [from, to] of ignoredLatePts) own.fill(Number.NaN, from, to + 1);
  return own.map((time) => {
    const isOwn = time > last + (wasInTurn ? frameSeconds : tickSeconds) / 2;
    last = isOwn ? time : last + frameSeconds;
    wasInTurn = !isOwn;
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
