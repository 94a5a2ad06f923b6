import { setTimeout as sleep } from 'node:timers/promises';
import { tryLock, unlock } from 'fs-native-extensions';
import { errorMessage } from '../files/system-error.ts';
import { exists } from '../files/folder-fault.ts';
import { type FileHandle, open, stat } from '../files/bounded-fs.ts';
import { endOrphansOf, PROCESS_IDENTITY } from '../process/orphan-guard.ts';
import { printable } from '@app/jobspec';
import { FolderUnusableError, WatchFolder } from './watch-folder.ts';
import { closing } from '../files/closing.ts';

/** Another runner works on the folder; the process ends with exit code 3. */
export class FolderLockedError extends Error {
  override readonly name = 'FolderLockedError';

  /** @param holder as its lock file names it. */
  constructor(
    message: string,
    readonly holder: string,
  ) {
    super(message);
  }
}

/**
 * Holds a watch folder for one process. The lock is the operating system's and dies with the process, so a killed
 * runner blocks nobody; the file's text says who holds it, or who held it last.
 */
export class FolderLock {
  private constructor(
    private readonly folder: WatchFolder,
    private readonly file: FileHandle,
  ) {}

  /**
   * Takes the folder and ends what a runner that held it before has left running.
   *
   * @throws FolderLockedError naming host, pid and start time of the holder.
   * @throws FolderUnusableError when the lock file can't be made.
   */
  static async acquire(folder: WatchFolder): Promise<FolderLock> {
    const file = await openLockFile(folder);
    try {
      const isFree = await locks(file);
      const holder = await readHolder(file);
      if (!isFree) throw heldBy(holder, folder);
      if (holder !== '') await endOrphansOf(holder);
      await file.truncate(0);
      await file.write(`${PROCESS_IDENTITY}\n`);
      return new FolderLock(folder, file);
    } catch (error) {
      await file.close();
      throw error instanceof FolderLockedError ? error : unusable(folder, error);
    }
  }

  /** Whether the folder is still the one that was taken: it may have been removed, unmounted or replaced. */
  async isHeld(): Promise<boolean> {
    const { dev, ino } = await this.file.stat();
    const now = await stat(this.folder.lock);
    return now.dev === dev && now.ino === ino;
  }

  /** Who holds the folder, as text; `null` when nobody does. */
  static async holder(folder: WatchFolder): Promise<string | null> {
    if (!(await exists(folder.lock))) return null;
    return closing(await open(folder.lock, 'r+'), async (file) => {
      const isFree = tryLock(file.fd);
      if (isFree) unlock(file.fd);
      return isFree ? null : (await readHolder(file)) || JUST_STARTED;
    });
  }

  /** After a clean end there is no holder to name, and nothing of it to look for. */
  async release(): Promise<void> {
    await closing(this.file, (file) => file.truncate(0));
  }
}

/** Who asks for the holder has the lock for a moment: it is tried again before anybody is refused. */
async function locks(file: FileHandle): Promise<boolean> {
  if (tryLock(file.fd)) return true;
  await sleep(MOMENT_MS);
  return tryLock(file.fd);
}

async function openLockFile(folder: WatchFolder): Promise<FileHandle> {
  try {
    return await open(folder.lock, 'a+');
  } catch (error) {
    throw unusable(folder, error);
  }
}

async function readHolder(file: FileHandle): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(1024), 0, 1024, 0);
  return buffer.toString('utf8', 0, bytesRead).trim();
}

const MOMENT_MS = 100;

/** A holder writes its line right after it has taken the lock. */
const JUST_STARTED = 'it has just started';

function heldBy(holder: string, folder: WatchFolder): FolderLockedError {
  return new FolderLockedError(
    `Another runner already works on ${printable(folder.root)}: ${holder || JUST_STARTED}. ` +
      'Stop it first, or give this one a folder of its own.',
    holder,
  );
}

function unusable(folder: WatchFolder, cause: unknown): FolderUnusableError {
  return new FolderUnusableError(
    `The watch folder ${printable(folder.root)} cannot be used: ${errorMessage(cause)}. Let the runner write to it.`,
    { cause },
  );
}
