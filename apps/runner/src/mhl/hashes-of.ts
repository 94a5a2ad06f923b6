import { readParts } from '../files/index.ts';
import { HASHERS, type Algorithm } from './algorithms.ts';

const PART_BYTES = 4 * 1024 * 1024;

/**
 * Reads a file once, for all of these hashes.
 *
 * @param onBytes told of each piece that was read.
 * @throws as `readParts` does.
 */
export async function hashesOf<Kind extends Algorithm>(
  path: string,
  algorithms: readonly Kind[],
  onBytes: (count: number) => void = () => undefined,
): Promise<ReadonlyMap<Kind, string>> {
  const hashers = await Promise.all(
    algorithms.map(async (algorithm) => [algorithm, await HASHERS[algorithm]()] as const),
  );
  await readParts(path, Buffer.allocUnsafe(PART_BYTES), (part) => {
    for (const [, hasher] of hashers) hasher.update(part);
    onBytes(part.length);
  });
  return new Map(hashers.map(([algorithm, hasher]) => [algorithm, hasher.digest()]));
}
