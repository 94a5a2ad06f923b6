import { setTimeout as sleep } from 'node:timers/promises';
import { tryLock, unlock } from 'fs-native-extensions';
import { errorMessage } from '../files/system-error.ts';
import { exists } from '../files/folder-fault.ts';
import { type FileHandle, open } from '../files/bounded-fs.ts';
import { endOrphansOf, isOfThisHost, PROCESS_IDENTITY } from '../process/orphan-guard.ts';
import { printable } from '@app/jobspec';
import { MAX_STATUS_BYTES, readRunnerStatus, silentAfterSeconds } from '@app/jobspec/folder';
import { FolderUnusableError, WatchFolder } from './watch-folder.ts';
import { closing } from '../files/closing.ts';
import { openRegular, readWhole } from '../files/regular-file.ts';

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
 * What is locked: a byte behind the text, because SMB and Windows keep others from reading what is locked. macOS locks whole files.
 */
const LOCKED = process.platform === 'darwin' ? ([] as const) : ([2 ** 30, 1] as const);

/**
 * Holds a watch folder for one process. The lock is the operating system's and dies with the process, so a killed
 * runner blocks nobody; the file's text says who holds it, or who held it last. Whoever takes the lock writes that text, so a runner
 * whose lock was lost, or was never seen by others, finds another text than its own.
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
   * @param signal ends the wait for a runner of another host, which may take minutes.
   * @throws FolderUnusableError when the lock file can't be made; an `AbortError`.
   */
  static async acquire(folder: WatchFolder, signal?: AbortSignal): Promise<FolderLock> {
    const file = await openLockFile(folder);
    try {
      if (!(await locks(file, folder)))
        throw heldBy(await readHolder(file).catch(() => ''), folder);
      const holder = await readHolder(file);
      if (await isAtWork(holder, folder, signal)) throw unseenBy(holder, folder);
      if (holder !== '') await endOrphansOf(holder);
      await file.truncate(0);
      await file.write(`${PROCESS_IDENTITY}\n`);
      // Other hosts see what is written once it has left this one.
      await file.sync();
      return new FolderLock(folder, file);
    } catch (error) {
      await file.close();
      const isTold = error instanceof FolderLockedError || error instanceof FolderUnusableError;
      throw isTold || signal?.aborted === true ? error : unusable(folder, error);
    }
  }

  /**
   * Whether the folder is still the one that was taken, and nobody else has taken it since: it may have been removed, unmounted or
   * replaced, or this host was cut off from its server for so long that another one got the lock.
   */
  async isHeld(): Promise<boolean> {
    const { dev, ino } = await this.file.stat();
    // NFS and SMB ask the server what a file holds now when it is opened.
    const now = await closing(await openRegular(this.folder.lock), (file) => file.stat());
    return now.dev === dev && now.ino === ino && (await this.#isOurs());
  }

  /** Who holds the folder, as text; `null` when nobody does. @throws FolderUnusableError where nothing can be locked. */
  static async holder(folder: WatchFolder): Promise<string | null> {
    if (!(await exists(folder.lock))) return null;
    return closing(await open(folder.lock, 'r+'), async (file) => {
      const isFree = lock(file, folder);
      if (isFree) unlock(file.fd, ...LOCKED);
      return isFree ? null : (await readHolder(file)) || JUST_STARTED;
    });
  }

  /** Who works on the folder though its lock is free here, because their hosts don't see each other's locks; `null` for nobody. */
  static async unseenHolder(folder: WatchFolder): Promise<string | null> {
    if (!(await exists(folder.lock))) return null;
    const holder = await closing(await openRegular(folder.lock), readHolder);
    return (await isAtWork(holder, folder)) ? holder : null;
  }

  /** After a clean end there is no holder to name, and nothing of it to look for. */
  async release(): Promise<void> {
    await closing(this.file, async (file) => {
      if (await this.#isOurs().catch(() => false)) await file.truncate(0);
    });
  }

  async #isOurs(): Promise<boolean> {
    return (await readHolder(this.file)) === PROCESS_IDENTITY;
  }
}

/** Who asks for the holder has the lock for a moment: it is tried again before anybody is refused. */
async function locks(file: FileHandle, folder: WatchFolder): Promise<boolean> {
  if (lock(file, folder)) return true;
  await sleep(MOMENT_MS);
  return lock(file, folder);
}

/** Without locks nothing keeps two runners apart. @throws FolderUnusableError where the file system takes none. */
function lock(file: FileHandle, folder: WatchFolder): boolean {
  try {
    return tryLock(file.fd, ...LOCKED);
  } catch (cause) {
    throw new FolderUnusableError(
      `The watch folder ${printable(folder.root)} cannot be used: its file system takes no locks. ` +
        'Mount it so that it does (NFS 3 needs rpc.statd on both hosts), or name a folder on another disk.',
      { cause },
    );
  }
}

/**
 * Whether a runner of another host that is named as the holder goes on writing its status, though it has no lock that is seen here.
 * One of this host has none only when it has ended.
 */
async function isAtWork(
  holder: string,
  { status }: WatchFolder,
  signal?: AbortSignal,
): Promise<boolean> {
  if (holder === '' || isOfThisHost(holder)) return false;
  const read = () => readWhole(status, MAX_STATUS_BYTES).catch(() => Buffer.of());
  const before = await read();
  const said = readRunnerStatus(before);
  if (said === null || said.stopped_at !== null) return false;
  const silence = Math.min(silentAfterSeconds(said.poll_seconds), LONGEST_SILENCE_SECONDS);
  for (const end = performance.now() + silence * 1000; performance.now() < end;) {
    await sleep(MOMENT_MS, undefined, { signal });
    const now = await read();
    if (now.length > 0 && !now.equals(before)) return true;
  }
  return false;
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

/** A runner that scans less often is not waited for. */
const LONGEST_SILENCE_SECONDS = 300;

/** A holder writes its line right after it has taken the lock. */
const JUST_STARTED = 'it has just started';

function heldBy(holder: string, folder: WatchFolder): FolderLockedError {
  return new FolderLockedError(
    `Another runner already works on ${printable(folder.root)}: ${holder || JUST_STARTED}. ` +
      'Stop it first, or give this one a folder of its own.',
    holder,
  );
}

function unseenBy(holder: string, folder: WatchFolder): FolderLockedError {
  return new FolderLockedError(
    `Another runner already works on ${printable(folder.root)}: ${holder}. This host doesn't see its lock. ${LET_LOCKS_BE_SEEN}`,
    holder,
  );
}

/** What to do where two hosts can hold one lock. */
export const LET_LOCKS_BE_SEEN =
  "Mount the folder so that hosts see each other's locks (NFS without nolock, SMB without nobrl), or let one host alone work on it.";

function unusable(folder: WatchFolder, cause: unknown): FolderUnusableError {
  return new FolderUnusableError(
    `The watch folder ${printable(folder.root)} cannot be used: ${errorMessage(cause)}. Let the runner write to it.`,
    { cause },
  );
}
