import { createHash } from 'node:crypto';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const DIGITS = 88;

/** The C4 identity of some bytes (SMPTE ST 2114): their SHA-512 as 88 digits of base 58, after `c4`. */
export function c4Of(bytes: Uint8Array): string {
  return c4OfDigest(createHash('sha512').update(bytes).digest());
}

/** The same of bytes whose SHA-512 is known. */
export function c4OfDigest(sha512: Uint8Array): string {
  let rest = BigInt(`0x${Buffer.from(sha512).toString('hex')}`);
  let digits = '';
  for (; rest > 0n; rest /= 58n) digits = ALPHABET.charAt(Number(rest % 58n)) + digits;
  return `c4${digits.padStart(DIGITS, ALPHABET.charAt(0))}`;
}
