import { open } from 'node:fs/promises';
import { JobFailure } from '@app/jobspec';
import { sourceDamage } from '@app/engines';
import type { ValidatedClip } from './validated-job.ts';

/**
 * Looks whether sources are whole, by a few small reads each: a clip that is still being copied, or was cut off, is
 * found before hours of work.
 *
 * @throws JobFailure `UnsupportedFormatError` naming every source that is not whole.
 */
export async function checkWhole(clips: readonly ValidatedClip[]): Promise<void> {
  const damaged: string[] = [];
  for (const { sourcePath, media } of clips) {
    const damage = media && (await damageOf(sourcePath, media.formatName));
    if (damage) damaged.push(`${sourcePath}: ${damage}`);
  }
  if (damaged.length === 0) return;
  throw new JobFailure(
    'UnsupportedFormatError',
    `Unsupported format: ${damaged.join('; ')}. Copy the clip again, completely, and submit the job again.`,
  );
}

async function damageOf(path: string, formatName: string): Promise<string | null> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    return await sourceDamage(formatName, size, async (offset, length) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    });
  } finally {
    await file.close();
  }
}
