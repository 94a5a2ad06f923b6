import { type FileHandle, open } from '../files/index.ts';
import { JobFailure, type VerificationCheck } from '@app/jobspec';
import { sourceDamage, type RangeReader } from '@app/engines';

const WHOLE = 'whole';
/** What lies close together is read at once: a file can have many parts of a few bytes. */
const WINDOW_BYTES = 4096;

/** Ends a check of a source. */
export interface WholenessBounds {
  signal: AbortSignal;
  /** Seconds that all of its reads may take; 0 waits for ever. */
  stallSeconds: number;
}

/**
 * Checks by a few small reads that a source was not cut off. It finds what a transport stream, which declares no length,
 * hides from every comparison.
 *
 * @param formatName as ffprobe names the format.
 * @throws the system's error when the source can't be read; JobFailure `EngineStalledError` when its reads take longer
 * than the stall time; the reason of the signal.
 */
export async function checkWholeness(
  path: string,
  formatName: string,
  bounds: WholenessBounds,
): Promise<VerificationCheck> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const damage = await sourceDamage(formatName, size, reader(file, path, bounds));
    const actual = damage ?? WHOLE;
    return { check: 'source', expected: WHOLE, actual, passed: damage === null };
  } finally {
    await file.close();
  }
}

function reader(file: FileHandle, path: string, bounds: WholenessBounds): RangeReader {
  const { signal, stallSeconds } = bounds;
  const deadline = stallSeconds > 0 ? performance.now() + stallSeconds * 1000 : Infinity;
  let window = { offset: 0, bytes: Buffer.alloc(0) };
  return async (offset, length) => {
    const from = offset - window.offset;
    if (from >= 0 && from + length <= window.bytes.length)
      return window.bytes.subarray(from, from + length);
    signal.throwIfAborted();
    if (performance.now() > deadline) throw stalled(path, stallSeconds);
    const wanted = Math.max(length, WINDOW_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(wanted), 0, wanted, offset);
    window = { offset, bytes: buffer.subarray(0, bytesRead) };
    return window.bytes.subarray(0, length);
  };
}

function stalled(path: string, seconds: number): JobFailure {
  return new JobFailure(
    'EngineStalledError',
    `It took longer than ${seconds} s to see whether the source is whole: ${path}. Check the storage it is on.`,
  );
}
