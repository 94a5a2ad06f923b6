import { createHash } from 'node:crypto';
import { JOB_ID } from '../vocabulary/limits.ts';

const BOM = [0xef, 0xbb, 0xbf];
const WHITE_SPACE = new Set([0x20, 0x09, 0x0a, 0x0d]);

/**
 * Id of a job: the author's if valid, otherwise the first 8 hex digits of the SHA-256 of the file's bytes, without BOM and
 * surrounding white space so that a late final newline doesn't change it.
 *
 * @param spec unchecked JSON object of the file; `null` without one
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

/** Maximum white space added to a job after it was read, in bytes: far more than any editor's final newline. */
const MAX_ADDED = 64 * 1024;

/**
 * True if a file holds the job whose bytes have this SHA-256, perhaps with white space that a writer added at its end after the
 * job had been read. Hashes each byte once.
 *
 * @param file the current file: its bytes and their SHA-256, in lower-case hex
 */
export function isSameJob(
  file: { readonly bytes: Uint8Array; readonly sha256: string },
  sha256: string,
): boolean {
  if (file.sha256 === sha256) return true;
  const { bytes } = file;
  let end = bytes.length;
  while (end > 0 && WHITE_SPACE.has(bytes[end - 1] ?? 0)) end -= 1;
  const hash = createHash('sha256').update(bytes.subarray(0, end));
  const isIt = () => hash.copy().digest('hex') === sha256;
  if (isIt()) return true;
  const first = Math.max(end, bytes.length - MAX_ADDED);
  hash.update(bytes.subarray(end, first));
  for (let length = first; length < bytes.length; length += 1) {
    if (isIt()) return true;
    hash.update(bytes.subarray(length, length + 1));
  }
  return false;
}
