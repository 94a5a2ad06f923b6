import * as fs from 'node:fs';
import type { Stats } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isMainThread } from 'node:worker_threads';
import { NO_FOLLOW_FLAGS } from './file-in-place.ts';

/** Fingerprint of a file's content that needs no reading: mtime, size and inode. */
export type Stamp = string;

export type ReadOutcome<T> =
  | { kind: 'content'; value: T; stamp: Stamp; modifiedAt: number }
  | { kind: 'problem'; problem: string; stamp: Stamp; modifiedAt: number }
  | { kind: 'gone' };

export interface ReadOptions<T> {
  /** Size limit in bytes; a larger file isn't read. */
  limit: number;
  /** Must not throw, nor keep the buffer: its memory is released afterwards. */
  take: (bytes: Buffer) => T;
}

/** Larger files are read one at a time: two dozen of the largest at once would take 1.5 GB. */
const LARGE_BYTES = 2 ** 20;
/** Up to this size a resizable buffer isn't worth its cost. */
const SMALL_BYTES = 2 ** 16;
let lastLarge: Promise<unknown> = Promise.resolve();

/** The server must not block. The indexer's thread may, and synchronous calls take a quarter of the time. */
const files = isMainThread
  ? {
      open: promisify(fs.open),
      fstat: promisify(fs.fstat),
      read: async (file: number, into: Buffer) =>
        (await promisify(fs.read)(file, into, 0, into.length, 0)).bytesRead,
      close: promisify(fs.close),
      lstat: promisify(fs.lstat),
    }
  : {
      open: fs.openSync,
      fstat: fs.fstatSync,
      read: (file: number, into: Buffer) => fs.readSync(file, into, 0, into.length, 0),
      close: fs.closeSync,
      lstat: fs.lstatSync,
    };

const SENTENCES: Record<string, string> = {
  ELOOP: 'is a symbolic link, which is not followed',
  EACCES: 'cannot be read: permission denied',
  EPERM: 'cannot be read: permission denied',
  ENXIO: 'is not a regular file',
  EISDIR: 'is not a regular file',
};

/** Reads a regular file. Doesn't follow a symbolic link or block on a FIFO; waits only for another large file. */
export async function readListedFile<T>(
  directory: string,
  name: string,
  { limit, take }: ReadOptions<T>,
): Promise<ReadOutcome<T>> {
  const path = join(/* turbopackIgnore: true */ directory, name);
  let stats: Stats | undefined;
  let file: number | undefined;
  try {
    file = await files.open(path, NO_FOLLOW_FLAGS);
    stats = await files.fstat(file);
    if (!stats.isFile()) return refused(name, 'is not a regular file', stats);
    if (stats.size > limit) return refused(name, tooLarge(stats.size, limit), stats);
    const found = { file, stats, name };
    if (stats.size <= LARGE_BYTES) return await contentOf(found, take);
    const queued = lastLarge.then(async () => contentOf(found, take));
    lastLarge = queued.catch(() => undefined);
    return await queued;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return { kind: 'gone' };
    // Without a stamp to compare with, the file would be read again on every sweep.
    stats ??= await statsNow(path);
    return refused(name, SENTENCES[code] ?? `cannot be read: ${code}`, stats);
  } finally {
    if (file !== undefined) await files.close(file);
  }
}

interface OpenFile {
  file: number;
  stats: Stats;
  name: string;
}

async function contentOf<T>(
  { file, stats, name }: OpenFile,
  take: (bytes: Buffer) => T,
): Promise<ReadOutcome<T>> {
  const room = stats.size + 1;
  const isSmall = room <= SMALL_BYTES;
  const memory = new ArrayBuffer(room, isSmall ? undefined : { maxByteLength: room });
  try {
    const buffer = Buffer.from(memory);
    const length = await files.read(file, buffer);
    if (length > stats.size) return refused(name, 'is still being written', stats);
    const value = take(buffer.subarray(0, length));
    return { kind: 'content', value, stamp: stampOf(stats), modifiedAt: stats.mtimeMs };
  } finally {
    // Releases the memory now: the next file may come before garbage collection.
    if (!isSmall) memory.resize(0);
  }
}

/** Current stamp of a file; `null` if it is missing. Links are not followed. */
export async function stampNow(path: string): Promise<Stamp | null> {
  const stats = await statsNow(path);
  return stats === undefined ? null : stampOf(stats);
}

async function statsNow(path: string): Promise<Stats | undefined> {
  try {
    return await files.lstat(path);
  } catch {
    return undefined;
  }
}

export function stampOf({ mtimeMs, size, ino }: Stats): Stamp {
  return `${mtimeMs}:${size}:${ino}`;
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}

function refused(name: string, sentence: string, stats: Stats | undefined): ReadOutcome<never> {
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
