import { close, constants, fstat, lstat, open, read, type Stats } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What tells one content of a file name from the next without reading it. */
export type Stamp = string;

export type ReadOutcome =
  | { kind: 'content'; bytes: Buffer; stamp: Stamp; modifiedAt: number }
  | { kind: 'problem'; problem: string; stamp: Stamp; modifiedAt: number }
  | { kind: 'gone' };

const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
// Windows knows neither flag. O_NONBLOCK keeps the opening of a FIFO from waiting for a writer.
const FLAGS = O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0);

// Half the cost of those of node:fs/promises, which counts when it is done a million times.
const opened = promisify(open);
const statOf = promisify(fstat);
const closed = promisify(close);
const lstatOf = promisify(lstat);

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
  let file: number | undefined;
  try {
    file = await opened(path, FLAGS);
    stats = await statOf(file);
    if (!stats.isFile()) return refused(name, 'is not a regular file', stats);
    if (stats.size > limit) return refused(name, tooLarge(stats.size, limit), stats);
    const buffer = Buffer.allocUnsafe(stats.size + 1);
    const length = await readInto(file, buffer);
    if (length > stats.size) return refused(name, 'is still being written', stats);
    const bytes = buffer.subarray(0, length);
    return { kind: 'content', bytes, stamp: stampOf(stats), modifiedAt: stats.mtimeMs };
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return { kind: 'gone' };
    // Without the stamp that a sweep sees, it would be read over and over.
    stats ??= await lstatOf(path).catch(() => undefined);
    return refused(name, SENTENCES[code] ?? `cannot be read: ${code}`, stats);
  } finally {
    if (file !== undefined) await closed(file).catch(() => undefined);
  }
}

async function readInto(file: number, buffer: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    read(file, buffer, 0, buffer.length, 0, (error, length) =>
      error === null ? resolve(length) : reject(error),
    );
  });
}

/** The stamp of a file as it is now; `null` when there is none. */
export async function stampNow(path: string): Promise<Stamp | null> {
  const stats = await lstatOf(path).catch(() => null);
  return stats === null ? null : stampOf(stats);
}

function stampOf({ mtimeMs, size, ino }: Stats): Stamp {
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
