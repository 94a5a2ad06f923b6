import { errorFact, stat } from '../../files/index.ts';
import { hashesOf } from '../../mhl/hashes-of.ts';
import type { Expected } from './expected-files.ts';

/**
 * Reads a file to its end and compares it with what a list says of it.
 *
 * @param onBytes told of each piece that was read.
 * @returns why it doesn't match, a sentence; `null` when it does.
 */
export async function mismatchOf(
  path: string,
  { size, hash, list }: Expected,
  onBytes: (count: number) => void,
): Promise<string | null> {
  try {
    const actual = (await stat(path)).size;
    if (size !== null && size !== actual)
      return `${path} has ${actual} bytes, and ${size} in ${list}.`;
    if (hash === null) return null;
    const value = (await hashesOf(path, [hash.algorithm], onBytes)).get(hash.algorithm);
    if (value === hash.value) return null;
    return `${path} is not what ${list} says: its ${hash.algorithm} is ${value} instead of ${hash.value}.`;
  } catch (error) {
    return `${path} can't be read to its end: ${errorFact(error)}.`;
  }
}
