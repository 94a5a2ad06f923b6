import { createHash } from 'node:crypto';
import { createXXHash128, createXXHash3, createXXHash64 } from 'hash-wasm';
import { readParts } from '../files/index.ts';

interface Hasher {
  update: (bytes: Uint8Array) => unknown;
  digest: (encoding: 'hex') => string;
}

/** What hash lists hold: the hashes of ASC MHL 2.0, as hex digits of lower case but for C4. */
const HASHERS = {
  xxh128: async () => (await createXXHash128()).init(),
  xxh3: async () => (await createXXHash3()).init(),
  xxh64: async () => (await createXXHash64()).init(),
  md5: async () => createHash('md5'),
  sha1: async () => createHash('sha1'),
  c4: async () => {
    const hash = createHash('sha512');
    return {
      update: (bytes: Uint8Array) => hash.update(bytes),
      digest: () => c4Of(hash.digest('hex')),
    };
  },
} satisfies Record<string, () => Promise<Hasher>>;

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

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const C4_DIGITS = 88;

/** C4 (SMPTE ST 2114): a SHA-512 as 88 digits of base 58, after `c4`. */
function c4Of(sha512: string): string {
  let rest = BigInt(`0x${sha512}`);
  let digits = '';
  for (; rest > 0n; rest /= 58n) digits = ALPHABET.charAt(Number(rest % 58n)) + digits;
  return `c4${digits.padStart(C4_DIGITS, ALPHABET.charAt(0))}`;
}
