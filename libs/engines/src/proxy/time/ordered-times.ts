/** Seconds between two pictures at least, where times go back: Matroska counts no finer, and gives none two one time. */
export const LEAST_STEP = 0.001;

/**
 * When pictures are shown whose times go back, in seconds: each at its own time, or {@link LEAST_STEP} after the one before it (a tick,
 * where that is longer), as `setpts` does it.
 *
 * @param times seconds, in the order of the decoder; `NaN` for a picture without one.
 * @param tickSeconds of the clock of these times.
 */
export function orderedTimes(times: readonly number[], tickSeconds: number): number[] {
  const step = Math.ceil(LEAST_STEP / tickSeconds - 1e-6) * tickSeconds;
  let before = Number.NaN;
  return times.map((time) => {
    const least = before + step;
    before = time > least || Number.isNaN(least) ? time : least;
    return before;
  });
}
