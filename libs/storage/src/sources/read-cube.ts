import { createHash } from 'node:crypto';
import { checkCubeSize, CubeFault, CubeReader, ShowLut } from '@app/engines';
import { JobFailure } from '@app/jobspec';
import type { RealPath } from '../files/real-path.ts';
import { openRegular, readOpenParts } from '../files/regular-file.ts';
import { errorMessage } from '../files/system-error.ts';

const PATH = 'viewing.look.lut.path';
const PART_BYTES = 256 * 1024;

/**
 * Reads a `.cube` file and takes its hash, up to the first that isn't understood: then that is returned.
 *
 * @throws JobFailure where it can't be read; the reason of `signal`.
 */
export async function readCube(
  { named, real }: RealPath,
  signal?: AbortSignal,
): Promise<ShowLut | CubeFault> {
  const hash = createHash('sha256');
  const reader = new CubeReader();
  try {
    await readCubeParts(real, (part) => {
      signal?.throwIfAborted();
      hash.update(part);
      reader.take(part);
    });
    return new ShowLut(hash.digest('hex'), reader.finish());
  } catch (error) {
    if (error instanceof CubeFault) return error;
    signal?.throwIfAborted();
    throw missingLut(named, errorMessage(error));
  }
}

/** Nothing of a file that is too large is read. */
async function readCubeParts(path: string, onPart: (part: Uint8Array) => void): Promise<void> {
  const file = await openRegular(path);
  try {
    checkCubeSize((await file.stat()).size);
    await readOpenParts(file, Buffer.allocUnsafe(PART_BYTES), onPart);
  } finally {
    await file.close();
  }
}

/** Why a LUT isn't there, or can't be read. @param problem `''` for one that isn't there. */
export function missingLut(named: string, problem: string): JobFailure {
  const isGone = problem === '';
  const message = isGone ? `${named} does not exist` : `${named} can't be used: ${problem}`;
  const sources = [isGone ? named : `${named} (${problem})`];
  const violations = [{ path: PATH, message }];
  return new JobFailure('sources_missing', { sources, advice: '' }, { violations });
}
