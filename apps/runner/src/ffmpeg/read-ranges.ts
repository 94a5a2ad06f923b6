import { JobFailure } from '@app/jobspec';
import type { RangeReader } from '@app/engines';
import { type FileHandle, open, withNames, closing } from '@app/storage';

/** Bytes read at once at least: many parts of a few bytes may be adjacent. */
const WINDOW_BYTES = 4096;

/** Limits for small reads of a source. */
export interface ReadingBounds {
  signal?: AbortSignal | undefined;
  /** Seconds that all reads may take; 0 for no limit. */
  stallSeconds: number;
}

/**
 * Reads parts of a source.
 *
 * @throws the system's error if the source can't be read; JobFailure `EngineStalledError` if its reads take longer
 * than the stall time; the reason of the signal.
 */
export async function readRanges<T>(
  path: string,
  bounds: ReadingBounds,
  work: (read: RangeReader, size: number) => Promise<T>,
): Promise<T> {
  return closing(await open(path, 'r'), async (file) => {
    const { size } = await file.stat();
    return work(reader(file, path, bounds), size);
  });
}

function reader(file: FileHandle, path: string, bounds: ReadingBounds): RangeReader {
  const { signal, stallSeconds } = bounds;
  const deadline = stallSeconds > 0 ? performance.now() + stallSeconds * 1000 : Infinity;
  let window = { offset: 0, bytes: Buffer.alloc(0) };
  return async (offset, length) => {
    const from = offset - window.offset;
    if (from >= 0 && from + length <= window.bytes.length)
      return window.bytes.subarray(from, from + length);
    signal?.throwIfAborted();
    if (performance.now() > deadline)
      throw new JobFailure('source_look_stalled', { path: withNames(path), seconds: stallSeconds });
    window = { offset, bytes: await readAt(file, offset, Math.max(length, WINDOW_BYTES)) };
    return window.bytes.subarray(0, length);
  };
}

/** Reads the wanted bytes, fewer only at the end of the file. Storage may deliver them in parts. */
async function readAt(file: FileHandle, offset: number, wanted: number) {
  const bytes = Buffer.alloc(wanted);
  let length = 0;
  while (length < wanted) {
    const { bytesRead } = await file.read(bytes, length, wanted - length, offset + length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}
