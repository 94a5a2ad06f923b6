import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Repeats `step` in `parallel` loops until it says `false` or the deadline passes.
 * @param deadline of `performance.now()`, in milliseconds
 */
export async function workThrough(
  parallel: number,
  deadline: number,
  step: () => Promise<boolean>,
): Promise<void> {
  const loop = async () => {
    while (performance.now() < deadline && (await step()));
  };
  await Promise.all(Array.from({ length: parallel }, loop));
}

/** Waits for some work, but no longer than this. */
export async function forAMoment(work: Promise<void>, milliseconds: number): Promise<void> {
  await Promise.race([work, sleep(milliseconds, undefined, { ref: false })]);
}
