import { createHash, type Hash } from 'node:crypto';
import { createXXHash128, createXXHash3, createXXHash32, createXXHash64 } from 'hash-wasm';
import { c4OfDigest } from './c4.ts';

/** Hashes that lists may hold and that can be made here. */
export type Algorithm = 'xxh128' | 'xxh3' | 'xxh64' | 'xxh32' | 'md5' | 'sha1' | 'c4';

/** Takes bytes and gives the hash, as lists write it. */
export interface Hasher {
  update: (bytes: Uint8Array) => unknown;
  digest: () => string;
}

/** Big-endian hex digits of lower case, but for C4. */
export const HASHERS: Readonly<Record<Algorithm, () => Promise<Hasher>>> = {
  xxh128: async () => (await createXXHash128()).init(),
  xxh3: async () => (await createXXHash3()).init(),
  xxh64: async () => (await createXXHash64()).init(),
  xxh32: async () => (await createXXHash32()).init(),
  md5: () => inHex(createHash('md5')),
  sha1: () => inHex(createHash('sha1')),
  c4: async () => {
    const hash = createHash('sha512');
    return { update: (bytes) => hash.update(bytes), digest: () => c4OfDigest(hash.digest()) };
  },
};

async function inHex(hash: Hash): Promise<Hasher> {
  return { update: (bytes) => hash.update(bytes), digest: () => hash.digest('hex') };
}
