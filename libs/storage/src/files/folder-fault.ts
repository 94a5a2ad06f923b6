import { constants } from 'node:fs';
import { dirname, join } from 'node:path';
import { JobFailure } from '@app/jobspec';
import { access, lstat, mkdir, opendir, stat, statfs } from './bounded-fs.ts';
import { callStorage, isUnanswered, NoAnswerError } from './storage-deadline.ts';
import { errorCode, errorFact, isAbsent } from './system-error.ts';

/** Reason why a folder can't take files. */
interface FolderFault {
  /** The folder, or its nearest existing ancestor. */
  path: string;
  /** Predicate for a sentence that begins with the path. */
  fact: string;
}

/** Checks in advance whether a folder can take files, or can be created; `null` if nothing is wrong. */
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

/** True if anything has the name, even a dangling symbolic link. @throws any system error but absence. */
export async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

/**
 * Creates a directory unless the name exists. Never creates parents: the mount point of a volume that is gone must not
 * be recreated.
 */
export async function makeDirectory(path: string, mode?: number): Promise<void> {
  await mkdir(path, mode).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error;
  });
}

/** True if a path leads to a directory; false also if that can't be determined. */
export async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

/** Size in bytes; `null` if it isn't a file. */
export async function sizeOfFile(path: string): Promise<number | null> {
  return stat(path).then(
    (stats) => (stats.isFile() ? stats.size : null),
    () => null,
  );
}

/** Minimum free space of a filesystem, in bytes; 5 % of its size applies if that is less. */
export const MIN_FREE_BYTES = {
  forOutputs: 64 * 1024 * 1024,
  forResults: 1024 * 1024,
} as const;
const MIN_FREE_SHARE = 0.05;

/** True if a filesystem counts as full; false also if its free space is unknown. */
export async function isFull(directory: string, minFreeBytes: number): Promise<boolean> {
  return (await roomIn(directory, minFreeBytes)) < 0;
}

/** Capacity of a filesystem in bytes; Infinity if unknown. */
export async function sizeOf(directory: string): Promise<number> {
  return statfs(directory).then(
    ({ blocks, bsize }) => blocks * bsize,
    () => Infinity,
  );
}

/** Bytes that can be written until a filesystem counts as full; negative if it is full already. Infinity if unknown. */
export async function roomIn(directory: string, minFreeBytes: number): Promise<number> {
  try {
    const { bavail, blocks, bsize } = await statfs(directory);
    return bavail * bsize - Math.min(minFreeBytes, blocks * bsize * MIN_FREE_SHARE);
  } catch {
    return Infinity;
  }
}

/** Output filesystem is full: the clip fails, and jobs that write there are held until there is space again. */
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
 * Problem of a path that must exist before work begins, as the end of a sentence; `null` if there is none. An empty
 * mount point counts as missing.
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
  // Closed once it has answered, however late: it can't be closed before.
  const close = () => void directory.close().catch(() => undefined);
  return (await callStorage(path, () => directory.read().finally(close))) === null;
}

/** Problem of a scratch directory, as the end of a sentence; `null` if there is none. */
export async function scratchProblem(path: string): Promise<string | null> {
  if (!(await exists(path).catch(() => true))) return 'is missing';
  const fault = await folderFault(path);
  if (isUnanswered(path)) return 'does not answer';
  if (fault !== null) return fault.fact;
  return (await isFull(path, MIN_FREE_BYTES.forOutputs)) ? 'has no space left' : null;
}
