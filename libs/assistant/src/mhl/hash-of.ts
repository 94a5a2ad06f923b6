import { createHash } from 'node:crypto';
import { createXXHash128, createXXHash3, createXXHash64 } from 'hash-wasm';
import { readParts } from '@app/storage';

/**
 * Hashes of ASC MHL 2.0 and classic MHL, as lower-case hex digits. C4 and XXH32 are left out: lists rarely have them
 * alone.
 */
const HASHERS = {
  xxh128: async () => (await createXXHash128()).init(),
  xxh3: async () => (await createXXHash3()).init(),
  xxh64: async () => (await createXXHash64()).init(),
  md5: async () => createHash('md5'),
  sha1: async () => createHash('sha1'),
};

/** Incremental hash. */
interface Hasher {
  update: (bytes: Uint8Array) => unknown;
  digest: (encoding: 'hex') => string;
}

export type Algorithm = keyof typeof HASHERS;

const PART_BYTES = 4 * 1024 * 1024;

/**
 * Hashes a whole file.
 *
 * @param onBytes called with the size of each chunk read
 * @throws as `readParts` does
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
