import { setTimeout as sleep } from 'node:timers/promises';
import { lookAtSource, surveySource } from '../sources/index.ts';
import { severalAtOnce } from '../process/several-at-once.ts';
import type { Examined } from './examine.ts';

/** What was changed within this time may still be written, in seconds. The clock of the storage may be another one. */
const LATELY_SECONDS = 60;
/** Between two looks at what seems to be at rest, in seconds. */
const MOMENT_SECONDS = 1;

/**
 * Those that change while they are looked at. What can't be read is none: why is known.
 *
 * @param since when the first was looked at, on the clock of `performance.now()`.
 * @param settleSeconds for which what was changed lately must be at rest.
 */
export async function growing(
  examined: readonly Examined[],
  since: number,
  settleSeconds: number,
): Promise<ReadonlySet<Examined>> {
  const lately = Date.now() - LATELY_SECONDS * 1000;
  const isRecent = examined.some(({ changedAt }) => changedAt > lately);
  const seconds = isRecent ? settleSeconds : Math.min(settleSeconds, MOMENT_SECONDS);
  const left = since + seconds * 1000 - performance.now();
  if (examined.length > 0 && left > 0) await sleep(left);
  const changed = await severalAtOnce(
    examined,
    async ({ path, fingerprint }) =>
      fingerprint !== null && (await fingerprintOf(path)) !== fingerprint,
  );
  return new Set(examined.filter((_, index) => changed[index]));
}

async function fingerprintOf(path: string): Promise<string | null> {
  try {
    return (await surveySource(await lookAtSource(path))).fingerprint;
  } catch {
    return null;
  }
}
