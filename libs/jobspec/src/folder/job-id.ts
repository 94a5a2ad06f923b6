import { createHash } from 'node:crypto';
import { JOB_ID } from '../vocabulary/limits.ts';

const BOM = [0xef, 0xbb, 0xbf];
const WHITE_SPACE = new Set([0x20, 0x09, 0x0a, 0x0d]);

/**
 * The id of a job: the author's where it is a valid one, or the first 8 hex digits of the SHA-256 of the file's bytes, without BOM and
 * surrounding white space so that a late final newline doesn't change it.
 *
 * @param spec the JSON object of the file, of any quality; `null` when it holds none
 */
export function jobIdOf(bytes: Uint8Array, spec: { readonly job_id?: unknown } | null): string {
  const named = spec?.job_id;
  if (typeof named === 'string' && JOB_ID.test(named)) return named;
  return createHash('sha256').update(trimmed(bytes)).digest('hex').slice(0, 8);
}

function trimmed(bytes: Uint8Array): Uint8Array {
  let start = BOM.every((byte, i) => bytes[i] === byte) ? BOM.length : 0;
  let end = bytes.length;
  while (start < end && isWhiteSpace(bytes[start])) start += 1;
  while (end > start && isWhiteSpace(bytes[end - 1])) end -= 1;
  return bytes.subarray(start, end);
}

const isWhiteSpace = (byte: number | undefined) => byte !== undefined && WHITE_SPACE.has(byte);
