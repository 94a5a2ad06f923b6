import { readLut } from '@app/engines';
import { JobFailure } from '@app/jobspec';
import type { RealPath } from '../files/real-path.ts';
import { openRegular, readOpenParts } from '../files/regular-file.ts';
import { errorMessage } from '../files/system-error.ts';
import { closing } from '../files/closing.ts';

const PATH = 'viewing.look.lut.path';
const PART_BYTES = 256 * 1024;

/**
 * Reads a `.cube` file; returns an Error for unsupported content.
 *
 * @throws JobFailure if it can't be read; the reason of `signal`.
 */
export async function readCube({ named, real }: RealPath, signal?: AbortSignal) {
  try {
    return await closing(await openRegular(real), async (file) => {
      const { size } = await file.stat();
      return readLut(size, (onPart) =>
        readOpenParts(file, Buffer.allocUnsafe(PART_BYTES), (part) => {
          signal?.throwIfAborted();
          onPart(part);
        }),
      );
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw missingLut(named, errorMessage(error));
  }
}

/** Failure for a LUT that is missing or can't be read. @param problem `''` for a missing one. */
export function missingLut(named: string, problem: string): JobFailure {
  const isGone = problem === '';
  const message = isGone ? `${named} does not exist` : `${named} can't be used: ${problem}`;
  const sources = [isGone ? named : `${named} (${problem})`];
  const violations = [{ path: PATH, message }];
  return new JobFailure('sources_missing', { sources, advice: '' }, { violations });
}
