import type { BigIntStats } from 'node:fs';
import { dirname } from 'node:path';
import { lstat, open, rename, rm, stat, writeFile, type FileHandle } from './bounded-fs.ts';
import { isSameFile } from './open-directory.ts';
import { errorCode } from './system-error.ts';
import { closing } from './closing.ts';

/**
 * Writes a file so that its name never stands for incomplete content: temporary name, fsync, rename, fsync of the
 * directory. Both names must be in the same directory.
 *
 * @throws the system's error if any step fails; the old file, if any, is then still complete.
 */
export async function writeDurably(path: string, temporaryPath: string, data: Data) {
  await writeSynced(temporaryPath, data);
  await rename(temporaryPath, path);
  await syncDirectory(dirname(path));
}

/** Replaces a file atomically, without syncing: a power cut may lose the change. */
export async function replaceFile(path: string, data: string) {
  const temporaryPath = `${path}.tmp`;
  await rm(temporaryPath, { force: true });
  await writeFile(temporaryPath, data, { flag: 'wx' });
  await rename(temporaryPath, path);
}

/** Content of a file, as a whole or in pieces. */
type Data = string | Uint8Array | Iterable<string>;

/**
 * Writes a file and syncs it. Removes an existing entry of that name, which may be a link.
 *
 * @param prepare called with the file before it is synced.
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
 * Makes a file's bytes durable, in case its writer hasn't. It is opened for writing if allowed: a client of SMB syncs no file that
 * is open for reading only, and reports success.
 *
 * @throws the system's error.
 */
export async function syncFile(path: string) {
  const file = await open(path, 'r+').catch(() => open(path, 'r'));
  await closing(file, () => file.datasync());
}

/**
 * Renames a file and syncs both directories. If both names already stand for the file, because a move by link was
 * interrupted, removes the first: POSIX lets a rename do nothing in that case.
 */
export async function moveDurably(from: string, to: string) {
  if (await isOneFile(from, to)) await rm(from);
  else await rename(from, to);
  await syncDirectory(dirname(to));
  if (dirname(from) !== dirname(to)) await syncDirectory(dirname(from));
}

/**
 * True if two names denote one file that has several links. The link count is checked because file systems without hard links may
 * invent inodes.
 *
 * @throws the system's error.
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

/** Error codes of file systems that can't sync a directory: vboxsf, old 9p and CIFS, some of FUSE. */
const UNSYNCABLE = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EBADF', 'EISDIR']);
/** Devices of file systems that have given one of these errors. */
const unsyncable = new Set<number>();
let onFirstUnsyncable: (directory: string) => void = () => undefined;

/** @param listener called once per file system that can't sync directories, with one of its directories. */
export function onUnsyncable(listener: typeof onFirstUnsyncable): void {
  onFirstUnsyncable = listener;
}

/**
 * Makes the names in a directory durable. Does nothing on Windows, which can't open directories, and on file systems that can't sync
 * them.
 */
export async function syncDirectory(path: string) {
  if (process.platform === 'win32') return;
  try {
    await closing(await open(path, 'r'), (directory) => directory.sync());
  } catch (error) {
    if (!UNSYNCABLE.has(errorCode(error) ?? '')) throw error;
    const { dev } = await stat(path);
    if (!unsyncable.has(dev)) onFirstUnsyncable(path);
    unsyncable.add(dev);
  }
}
