import { open, type FileHandle } from 'node:fs/promises';
import { hostname } from 'node:os';
import { tryLock } from 'fs-native-extensions';
import { exists } from '../platform/exists.ts';
import { errorMessage } from '../platform/system-error.ts';
import { timestamp } from '../results/timestamp.ts';
import { FolderUnusableError, type WatchFolder } from './watch-folder.ts';

/** Another runner works on the folder; the process ends with exit code 3. */
export class FolderLockedError extends Error {
  override readonly name = 'FolderLockedError';
}

/**
 * Holds a watch folder for one process. The lock is the operating system's and dies with the process, so a killed
 * runner blocks nobody; the file's text only says who holds it.
 */
export class FolderLock {
  private constructor(private readonly file: FileHandle) {}

  /**
   * @throws FolderLockedError naming host, pid and start time of the holder.
   * @throws FolderUnusableError when the lock file can't be made.
   */
  static async acquire(folder: WatchFolder): Promise<FolderLock> {
    const file = await openLockFile(folder);
    if (!tryLock(file.fd)) {
      const holder = await describeHolder(file);
      await file.close();
      throw new FolderLockedError(
        `Another runner already works on ${folder.root}: ${holder}. ` +
          'Stop it first, or give this one a folder of its own.',
      );
    }
    await file.truncate(0);
    await file.write(`host ${hostname()}, pid ${process.pid}, started ${timestamp(new Date())}\n`);
    return new FolderLock(file);
  }

  /** Who holds the folder, as text; `null` when nobody does. */
  static async holder(folder: WatchFolder): Promise<string | null> {
    if (!(await exists(folder.lock))) return null;
    const file = await open(folder.lock, 'r+');
    try {
      return tryLock(file.fd) ? null : await describeHolder(file);
    } finally {
      await file.close();
    }
  }

  async release(): Promise<void> {
    await this.file.close();
  }
}

async function openLockFile(folder: WatchFolder): Promise<FileHandle> {
  try {
    return await open(folder.lock, 'a+');
  } catch (error) {
    throw new FolderUnusableError(
      `The watch folder ${folder.root} cannot be used: ${errorMessage(error)}. ` +
        'Let the runner write to it.',
      { cause: error },
    );
  }
}

/** The holder writes its line right after it has taken the lock. */
async function describeHolder(file: FileHandle): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(1024), 0, 1024, 0);
  return buffer.toString('utf8', 0, bytesRead).trim() || 'it has just started';
}
