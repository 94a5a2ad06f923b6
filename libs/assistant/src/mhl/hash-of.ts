import { createHash } from 'node:crypto';
import { createXXHash128, createXXHash3, createXXHash64 } from 'hash-wasm';
import { readParts } from '@app/storage';

/** The hashes of ASC MHL 2.0 and classic MHLs, as hex digits of lower case. C4 and XXH32, which hardly a list has alone, are none. */
const HASHERS = {
  xxh128: async () => (await createXXHash128()).init(),
  xxh3: async () => (await createXXHash3()).init(),
  xxh64: async () => (await createXXHash64()).init(),
  md5: async () => createHash('md5'),
  sha1: async () => createHash('sha1'),
};

/** Takes bytes and gives their hash. */
interface Hasher {
  update: (bytes: Uint8Array) => unknown;
  digest: (encoding: 'hex') => string;
}

export type Algorithm = keyof typeof HASHERS;

const PART_BYTES = 4 * 1024 * 1024;

/**
 * Reads a file to its end.
 *
 * @param onBytes told of the size of each piece that was read.
 * @throws as `readParts` does.
 */
export async function hashOf(
  path: string,
  algorithm: Algorithm,
  onBytes: (count: number) => void,
): Promise<string> {
  const hasher: Hasher = await HASHERS[algorithm]();
  await readParts(path, Buffer.allocUnsafe(PART_BYTES), (part) => {
    hasher.update(part);
    onBytes(part.length);
  });
  return hasher.digest('hex');
}
