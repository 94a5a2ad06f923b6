import type { BigIntStats } from 'node:fs';
import { dirname } from 'node:path';
import { lstat, open, rename, rm, stat, writeFile, type FileHandle } from './bounded-fs.ts';
import { isSameFile } from './held-folder.ts';
import { errorCode } from './system-error.ts';
import { closing } from './closing.ts';

/**
 * Writes a file so that its name never stands for incomplete bytes: temporary name, fsync, rename, fsync of the
 * directory. Both names must be in the same directory.
 *
 * @throws the system's error when any step fails; the old file, if any, is then still whole.
 */
export async function writeDurably(path: string, temporaryPath: string, data: Data) {
  await writeSynced(temporaryPath, data);
  await rename(temporaryPath, path);
  await syncDirectory(dirname(path));
}

/** The same of what may be lost at a power cut. */
export async function replaceFile(path: string, data: string) {
  const temporaryPath = `${path}.tmp`;
  await rm(temporaryPath, { force: true });
  await writeFile(temporaryPath, data, { flag: 'wx' });
  await rename(temporaryPath, path);
}

/** Of a file: whole, or piece by piece. */
type Data = string | Uint8Array | Iterable<string>;

/**
 * Makes a file and its bytes durable. What is left under its name is removed: others may have put a link there.
 *
 * @param prepare what else is done to it.
 */
export async function writeSynced(
  path: string,
  data: Data,
  prepare?: (file: FileHandle) => Promise<void>,
) {
  await rm(path, { force: true });
  await closing(await open(path, 'wx'), async (file) => {
    const pieces = typeof data === 'string' || data instanceof Uint8Array ? [data] : data;
    for (const piece of pieces) await file.writeFile(piece);
    await prepare?.(file);
    await file.sync();
  });
}

/**
 * Renames and makes both directories durable. A file that has both names already, from a move by link that was cut off, loses the
 * first: POSIX lets a rename do nothing then.
 */
export async function moveDurably(from: string, to: string) {
  if (await isOneFile(from, to)) await rm(from);
  else await rename(from, to);
  await syncDirectory(dirname(to));
  if (dirname(from) !== dirname(to)) await syncDirectory(dirname(from));
}

/**
 * Whether two names are those of one file, which says itself that it has several: where a file system has no hard links, it may
 * make up its inodes.
 *
 * @throws the system's error when that can't be told.
 */
export async function isOneFile(one: string, other: string): Promise<boolean> {
  const [first, second] = [await identityAt(one), await identityAt(other)];
  return first !== null && second !== null && first.nlink > 1n && isSameFile(first, second);
}

async function identityAt(path: string): Promise<BigIntStats | null> {
  try {
    return await lstat(path, { bigint: true });
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** What file systems answer that can't sync a directory: vboxsf, old 9p and CIFS, some of FUSE. */
const UNSYNCABLE = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EBADF', 'EISDIR']);
/** File systems that have answered so, by device. */
const unsyncable = new Set<number>();
let tell: (directory: string) => void = () => undefined;

/** @param listener told once of each file system that can't make names durable, by a directory of it. */
export function onUnsyncable(listener: typeof tell): void {
  tell = listener;
}

/**
 * Makes the names in a directory durable. Windows can't open directories and needs no such step; where a file system can't, its
 * names are as durable as it makes them by itself.
 */
export async function syncDirectory(path: string) {
  if (process.platform === 'win32') return;
  try {
    await closing(await open(path, 'r'), (directory) => directory.sync());
  } catch (error) {
    if (!UNSYNCABLE.has(errorCode(error) ?? '')) throw error;
    const { dev } = await stat(path);
    if (!unsyncable.has(dev)) tell(path);
    unsyncable.add(dev);
  }
}
