import { createHash } from 'node:crypto';

/** White space that may have been added to a job after it was read, in bytes: far more than any editor's final newline. */
const MAX_ADDED = 64 * 1024;
const WHITE_SPACE = new Set([0x20, 0x09, 0x0a, 0x0d]);

/**
 * Whether a file holds the job whose bytes have this SHA-256, perhaps with white space at its end that a writer added after
 * the job had been read. Each byte is hashed once.
 *
 * @param file the file as it is now: its bytes and their SHA-256, in lower-case hex
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
