import { open } from 'node:fs/promises';
import type { VerificationCheck } from '@app/jobspec';
import { sourceDamage } from '@app/engines';

const WHOLE = 'whole';

/**
 * Checks by a few small reads that a source was not cut off. It finds what a transport stream, which declares no length,
 * hides from every comparison.
 *
 * @param formatName as ffprobe names the format.
 * @throws the system's error when the source can't be read.
 */
export async function checkWholeness(path: string, formatName: string): Promise<VerificationCheck> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const damage = await sourceDamage(formatName, size, async (offset, length) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    });
    const actual = damage ?? WHOLE;
    return { check: 'source', expected: WHOLE, actual, passed: damage === null };
  } finally {
    await file.close();
  }
}
