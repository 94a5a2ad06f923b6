import type { CheckName, VerificationCheck } from '@app/jobspec';
import { sourceDamage } from '@app/engines';
import { readRanges, type ReadingBounds } from './range-reading.ts';

const WHOLE = 'whole';

/**
 * Checks by a few small reads that a source was not cut off. It finds what a transport stream, which declares no length,
 * hides from every comparison.
 *
 * @param formatName as ffprobe names the format.
 * @throws the system's error when the source can't be read; JobFailure `EngineStalledError` when its reads take longer
 * than the stall time; the reason of the signal.
 */
export async function checkWholeness(
  path: string,
  formatName: string,
  bounds: ReadingBounds,
): Promise<VerificationCheck<CheckName>> {
  const damage = await readRanges(path, bounds, (read, size) =>
    sourceDamage(formatName, size, read),
  );
  const actual = damage ?? WHOLE;
  return { check: 'source', expected: WHOLE, actual, passed: damage === null };
}
