import { constants } from 'node:fs';
import { dirname, join } from 'node:path';
import { JobFailure } from '@app/jobspec';
import { access, lstat, mkdir, opendir, stat, statfs } from './bounded-fs.ts';
import { answered, isUnanswered, NoAnswerError } from './storage-deadline.ts';
import { errorCode, errorFact, isAbsent } from './system-error.ts';

/** What keeps files from being put into a folder. */
export interface FolderFault {
  /** The folder, or the nearest thing above it that is there. */
  path: string;
  /** To follow the path in a sentence. */
  fact: string;
}

/** Says before any work why a folder can't take files, or can't be made; `null` when nothing speaks against it. */
export async function folderFault(path: string): Promise<FolderFault | null> {
  try {
    if (!(await stat(path)).isDirectory()) return { path, fact: 'is not a folder' };
    await access(path, constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    if (!isAbsent(error)) return { path, fact: `can't be written to: ${errorFact(error)}` };
    const isThere = await exists(path).catch(() => false);
    if (isThere) return { path, fact: 'is a link that leads nowhere' };
    return dirname(path) === path ? null : folderFault(dirname(path));
  }
}

/** Whether a name is taken, by whatever it is: dangling symbolic links count. @throws any system error but that nothing is there. */
export async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

/** Makes a directory, unless something of its name is there, and none above it: a volume that is gone must not be made anew. */
export async function makeDirectory(path: string, mode?: number): Promise<void> {
  await mkdir(path, mode).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error;
  });
}

/** Whether a path leads to a directory; false as well when that can't be told. */
export async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

/** In bytes; `null` for what is no file. */
export async function sizeOfFile(path: string): Promise<number | null> {
  return stat(path).then(
    (stats) => (stats.isFile() ? stats.size : null),
    () => null,
  );
}

/** A filesystem with less than this free counts as full: bytes, or a share of it where it is small. */
export const MIN_FREE_BYTES = {
  forOutputs: 64 * 1024 * 1024,
  forResults: 1024 * 1024,
} as const;
const MIN_FREE_SHARE = 0.05;

/** Whether a filesystem counts as full. One that is gone, or doesn't answer, is another problem. */
export async function isFull(directory: string, minFreeBytes: number): Promise<boolean> {
  return (await roomIn(directory, minFreeBytes)) < 0;
}

/** How many bytes a filesystem may hold, whatever lies there now. */
export async function sizeOf(directory: string): Promise<number> {
  return statfs(directory).then(
    ({ blocks, bsize }) => blocks * bsize,
    () => Infinity,
  );
}

/** How many bytes may be written until a filesystem counts as full; below 0 when it does. */
export async function roomIn(directory: string, minFreeBytes: number): Promise<number> {
  try {
    const { bavail, blocks, bsize } = await statfs(directory);
    return bavail * bsize - Math.min(minFreeBytes, blocks * bsize * MIN_FREE_SHARE);
  } catch {
    return Infinity;
  }
}

/** No space left on an output filesystem: the clip fails, and no job is claimed until there is space again. */
export class NoSpaceFailure extends JobFailure<'no_space'> {
  constructor(
    /** A directory on the full filesystem. */
    readonly directory: string,
    options: { cause?: unknown } = {},
  ) {
    super('no_space', { directory }, options);
  }
}

/**
 * What is wrong with a path that must be there before anything is begun, as the end of a sentence; `null` when nothing is.
 * A mount point without its volume is an empty directory, and as good as missing.
 */
export async function requiredPathProblem(path: string): Promise<string | null> {
  try {
    const { dev } = await stat(path);
    const isMounted = dev !== (await stat(join(path, '..'))).dev;
    if (isMounted || !(await isEmptyDirectory(path))) return null;
    return 'is empty and no volume is mounted on it';
  } catch (error) {
    return error instanceof NoAnswerError ? 'does not answer' : 'is missing';
  }
}

export async function isEmptyDirectory(path: string): Promise<boolean> {
  const directory = await opendir(path).catch((error: unknown) => {
    if (error instanceof NoAnswerError) throw error;
    return null;
  });
  if (directory === null) return false;
  try {
    return (await answered(path, () => directory.read())) === null;
  } finally {
    void directory.close().catch(() => undefined);
  }
}

/** What keeps a directory from holding what proxies are compared with, as the end of a sentence; `null` when nothing does. */
export async function scratchProblem(path: string): Promise<string | null> {
  if (!(await exists(path).catch(() => true))) return 'is missing';
  const fault = await folderFault(path);
  if (isUnanswered(path)) return 'does not answer';
  if (fault !== null) return fault.fact;
  return (await isFull(path, MIN_FREE_BYTES.forOutputs)) ? 'has no space left' : null;
}
