/** Pictures, counted from 0, that follow each other. */
type FrameRow = readonly [first: number, last: number];

/** Where more rows of pictures are wrong, times have another fault. */
const MOST_IGNORED = 32;

/**
 * Pictures whose own times make those behind them late: without them, more of the others are shown at theirs, or nearly as many and
 * twice as evenly. Parameters are those of `inTurn`.
 */
export function latePts(
  times: readonly number[],
  frameSeconds: number,
  tickSeconds: number,
): FrameRow[] {
  const ignoredLatePts = rowsOf(aheadOfTheRest(times, tickSeconds / 2));
  if (ignoredLatePts.length === 0 || ignoredLatePts.length > MOST_IGNORED) return [];
  const shown = (without: readonly FrameRow[]) =>
    shownWithout(without, times, frameSeconds, tickSeconds);
  const [without, as] = [shown(ignoredLatePts), shown([])];
  const late = (all: readonly number[]) => all.filter((time, n) => time !== times[n]).length;
  const uneven = (all: readonly number[]) =>
    all.reduce((sum, time, n) => {
      const off = Math.abs(time - (all[n - 1] ?? time - frameSeconds) - frameSeconds);
      return off > tickSeconds ? sum + off : sum;
    }, 0);
  const fewer = late(as) - late(without);
  return fewer > 0 || (fewer >= -1 && 2 * uneven(without) < uneven(as)) ? ignoredLatePts : [];
}

function rowsOf(frames: readonly number[]): FrameRow[] {
  const rows: [number, number][] = [];
  for (const frame of frames) {
    const row = rows.at(-1);
    if (row && row[1] === frame - 1) row[1] = frame;
    else rows.push([frame, frame]);
  }
  return rows;
}

/** So many pictures in a row may be shown between two that keep their times; more are another recording, and go on. */
const MOST_BETWEEN = 8;

/** Pictures behind one that may be moved with it where that leaves each a whole frame, as where two times are exchanged. */
const MOVED_WITH = 1;
/** The share of a frame that clocks leave of a whole one. */
const WHOLE = 0.9;

/**
 * When pictures are shown of which those rows have no times of their own. Each is shown at its own time, if that comes after
 * those of the pictures before it. Another is shown a frame after the one before it, or sooner, so that the next one keeps its time.
 */
export function shownWithout(
  ignoredLatePts: readonly FrameRow[],
  times: readonly number[],
  frameSeconds: number,
  tickSeconds: number,
): number[] {
  const own = [...times];
  for (const [from, to] of ignoredLatePts) own.fill(Number.NaN, from, to + 1);
  let [last, target] = [Number.NEGATIVE_INFINITY, 0];
  return own.map((time, n) => {
    if (n >= target) target = nextOwn(own, n, last, frameSeconds, tickSeconds) ?? n - 1;
    const step = target < n ? frameSeconds : ((own[target] as number) - last) / (target - n + 1);
    last = target === n ? time : last + Math.min(step, frameSeconds);
    return last;
  });
}

/** Which picture from `n` on has a time of its own that leaves a tick, or better a frame, for each of those before it. */
function nextOwn(
  own: readonly number[],
  n: number,
  last: number,
  frameSeconds: number,
  tickSeconds: number,
): number | null {
  const ahead = own.slice(n, n + MOST_BETWEEN + 1);
  const next = ahead.findIndex((time, k) => time > last + (k + 0.5) * tickSeconds);
  if (next < 0) return null;
  const isWhole = (time: number, k: number) =>
    k > next && time - last >= WHOLE * frameSeconds * (k + 1);
  const whole =
    next === 0 || !Number.isFinite(last)
      ? -1
      : ahead.slice(0, next + MOVED_WITH + 1).findIndex(isWhole);
  return n + (whole < 0 ? next : whole);
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
