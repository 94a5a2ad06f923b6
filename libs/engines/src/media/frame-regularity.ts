import type { HeadFrames } from './media-info.ts';

/** PTS are usable if at most one frame in this many lacks its own. */
const MAX_UNTIMED = 8;

/**
 * True if so many frames lack a PTS that FFmpeg's times for the others are guesses. A packet of a program stream may hold several
 * frames and a PTS for one of them (ISO/IEC 13818-1, 2.4.3.7). Such frames follow each other at the header's rate.
 */
export function lacksTimes(head: Pick<HeadFrames, 'seconds'> | null): boolean {
  const seconds = head?.seconds ?? [];
  const untimed = seconds.filter((time) => Number.isNaN(time)).length;
  return untimed > seconds.length / MAX_UNTIMED;
}

/**
 * True if frames fit a rate, each within a tick of the file's clock.
 *
 * @param tickSeconds seconds of one tick of that clock; two neighbours may be rounded in opposite directions.
 */
export function isRegular(head: HeadFrames, framesPerSecond: number, tickSeconds: number): boolean {
  const tolerance = tickSeconds + 1e-5;
  return offsets(head, framesPerSecond).every((offset) => Math.abs(offset) <= tolerance);
}

/** Peak-to-peak deviation of the frames from a rate, in seconds. */
export function irregularity(head: HeadFrames, framesPerSecond: number): number {
  let [earliest, latest] = [Infinity, -Infinity];
  for (const offset of offsets(head, framesPerSecond)) {
    earliest = Math.min(earliest, offset);
    latest = Math.max(latest, offset);
  }
  return latest - earliest;
}

/** Delay of each timed frame relative to a constant rate from the first, in seconds. */
function offsets({ seconds }: HeadFrames, framesPerSecond: number): number[] {
  const [first = 0] = seconds;
  return seconds.flatMap((time, index) =>
    Number.isNaN(time) ? [] : time - first - index / framesPerSecond,
  );
}
