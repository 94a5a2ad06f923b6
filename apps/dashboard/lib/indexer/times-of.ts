import { join } from 'node:path';
import { statsNow } from '../reading/read-listed-file.ts';

/** The first looks are this far apart. */
const WIDEST = 256;

/**
 * When files were last written; NaN for one that is gone, or whose turn did not come. It looks here and there first, and then
 * in between: when the time is over, something is known of all parts of a long list.
 */
export async function timesOf(
  path: string,
  names: readonly string[],
  withinMs: number,
): Promise<Float64Array> {
  const deadline = performance.now() + withinMs;
  const times = new Float64Array(names.length).fill(Number.NaN);
  for (const at of spreadOut(names.length)) {
    if (performance.now() > deadline) break;
    times[at] = (await statsNow(join(path, names[at] ?? '')))?.mtimeMs ?? Number.NaN;
  }
  return times;
}

/** All places below `length`, each once: wide apart, then halfway between those, and so on. */
function* spreadOut(length: number): Generator<number> {
  for (let at = 0; at < length; at += WIDEST) yield at;
  for (let step = WIDEST / 2; step >= 1; step /= 2)
    for (let at = step; at < length; at += 2 * step) yield at;
}
