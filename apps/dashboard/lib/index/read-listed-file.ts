import { constants, type Stats } from 'node:fs';
import { lstat, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

/** What tells one content of a file name from the next without reading it. */
export type Stamp = string;

export type ReadOutcome =
  | { kind: 'content'; bytes: Buffer; stamp: Stamp; modifiedAt: number }
  | { kind: 'problem'; problem: string; stamp: Stamp; modifiedAt: number }
  | { kind: 'gone' };

const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
// Windows knows neither flag. O_NONBLOCK keeps the opening of a FIFO from waiting for a writer.
const FLAGS = O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0);

const SENTENCES: Record<string, string> = {
  ELOOP: 'is a symbolic link, which is not followed',
  EACCES: 'cannot be read: permission denied',
  EPERM: 'cannot be read: permission denied',
  ENXIO: 'is not a regular file',
  EISDIR: 'is not a regular file',
};

/**
 * Reads a regular file that a listing of `directory` named. Never follows a symbolic link, never waits, never writes.
 * @param limit in bytes; a larger file is not read
 */
export async function readListedFile(
  directory: string,
  name: string,
  limit: number,
): Promise<ReadOutcome> {
  const path = join(/* turbopackIgnore: true */ directory, name);
  let stats: Stats | undefined;
  let file: FileHandle | undefined;
  try {
    file = await open(path, FLAGS);
    stats = await file.stat();
    if (!stats.isFile()) return refused(name, 'is not a regular file', stats);
    if (stats.size > limit) return refused(name, tooLarge(stats.size, limit), stats);
    const buffer = Buffer.allocUnsafe(stats.size + 1);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    if (bytesRead > stats.size) return refused(name, 'is still being written', stats);
    const bytes = buffer.subarray(0, bytesRead);
    return { kind: 'content', bytes, stamp: stampOf(stats), modifiedAt: stats.mtimeMs };
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return { kind: 'gone' };
    // Without the stamp that a sweep sees, it would be read over and over.
    stats ??= await lstat(path).catch(() => undefined);
    return refused(name, SENTENCES[code] ?? `cannot be read: ${code}`, stats);
  } finally {
    await file?.close();
  }
}

export function stampOf({ mtimeMs, size, ino }: Stats): Stamp {
  return `${mtimeMs}:${size}:${ino}`;
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}

function refused(name: string, sentence: string, stats: Stats | undefined): ReadOutcome {
  return {
    kind: 'problem',
    problem: `${name} ${sentence}.`,
    stamp: stats === undefined ? '' : stampOf(stats),
    modifiedAt: stats?.mtimeMs ?? 0,
  };
}

function mebibytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20)} MiB`;
}

function tooLarge(size: number, limit: number): string {
  return `is too large to be a result or a JobSpec (${mebibytes(size)}, at most ${mebibytes(limit)} are read)`;
}
