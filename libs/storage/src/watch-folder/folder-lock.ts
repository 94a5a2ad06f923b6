import { setTimeout as sleep } from 'node:timers/promises';
import { tryLock, unlock } from 'fs-native-extensions';
import { errorCode, errorMessage, isAbsent } from '../files/system-error.ts';
import { exists } from '../files/folder-fault.ts';
import { type FileHandle, mkdir, open, rm, rmdir } from '../files/bounded-fs.ts';
import { endOrphansOf, ranOnThisHost, PROCESS_IDENTITY } from '../process/orphan-guard.ts';
import { printable } from '@app/jobspec';
import { MAX_STATUS_BYTES, readRunnerStatus, silentAfterSeconds } from '@app/jobspec/folder';
import { FolderUnusableError, WatchFolder } from './watch-folder.ts';
import { closing } from '../files/closing.ts';
import { openRegular, readWhole } from '../files/regular-file.ts';

/** Another runner works on the folder; the process ends with exit code 3. */
export class FolderLockedError extends Error {
  override readonly name = 'FolderLockedError';

  /** @param holder text of its holder file. */
  constructor(
    message: string,
    readonly holder: string,
  ) {
    super(message);
  }
}

/** Locked range: one byte, which all runners must agree on. macOS locks whole files. */
const LOCKED = process.platform === 'darwin' ? ([] as const) : ([2 ** 30, 1] as const);

/**
 * Holds a watch folder for one process. The lock is the operating system's and ends with the process, so a killed
 * runner blocks nobody. `.runner/holder` names the current or last holder. Each runner replaces the file: a runner
 * whose lock was lost, or was never visible to others, finds another name there and knows that it has lost the folder.
 * The file is replaced rather than rewritten, because a host that has it open over NFS may not see new content.
 */
export class FolderLock {
  /** When this host's cache of the folder stops counting as fresh, on the `performance.now()` clock. */
  #freshUntil = performance.now() + FRESH_MS;

  private constructor(
    private readonly folder: WatchFolder,
    private readonly file: FileHandle,
  ) {}

  /**
   * Takes the folder and ends programs that an earlier runner left running.
   *
   * @param signal aborts the wait for a runner of another host, which may take minutes.
   * @throws FolderLockedError naming host, pid and start time of the holder; FolderUnusableError if the lock file can't be created; an
   *   `AbortError`.
   */
  static async acquire(folder: WatchFolder, signal?: AbortSignal): Promise<FolderLock> {
    const file = await openLockFile(folder);
    try {
      if (!(await locks(file, folder)))
        throw heldBy((await readHolder(folder).catch(() => null)) ?? '', folder);
      const last = await readHolder(folder);
      if (await isAtWork(last, folder, signal)) throw unseenBy(last ?? '', folder);
      if (last) await endOrphansOf(last);
      await takeName(last, folder, signal);
      return new FolderLock(folder, file);
    } catch (error) {
      await file.close();
      const isKnown = error instanceof FolderLockedError || error instanceof FolderUnusableError;
      throw isKnown || signal?.aborted === true ? error : unusable(folder, error);
    }
  }

  /**
   * True if the folder is still the one that was taken, and has a holder. It may have been removed, unmounted or
   * replaced.
   *
   * @throws FolderLockedError if another runner has taken it since: this host was cut off from the server for so long
   * that the server gave the lock to another, or the hosts don't see each other's locks.
   */
  async isHeld(): Promise<boolean> {
    await this.#refresh();
    // An NFS 3 server that no longer has the file answers ESTALE from then on.
    const held = await this.file.stat().catch((error: unknown) => {
      unlessUnanswered(error);
      return null;
    });
    const named = await openRegular(this.folder.lock).catch((error: unknown) => {
      if (errorCode(error) !== 'EINVAL') throw error;
      return null;
    });
    if (named === null) {
      // A client of SMB opens no new file under the name of one that was removed, until that one is closed.
      await this.file.close();
      return false;
    }
    const now = await closing(named, (file) => file.stat());
    if (now.dev !== held?.dev || now.ino !== held.ino) return false;
    const holder = await readHolder(this.folder);
    if (holder === null) return false;
    if (holder !== PROCESS_IDENTITY) throw unseenBy(holder, this.folder);
    return true;
  }

  /**
   * Text that names the holder of the lock; `null` if there is none. @throws FolderUnusableError if the file system has
   * no locks.
   */
  static async holder(folder: WatchFolder): Promise<string | null> {
    if (!(await exists(folder.lock))) return null;
    return closing(await open(folder.lock, 'r+'), async (file) => {
      const isFree = lock(file, folder);
      if (isFree) unlock(file.fd, ...LOCKED);
      return isFree ? null : (await readHolder(folder)) || JUST_STARTED;
    });
  }

  /** Runner of another host that works on the folder although the lock is free here; `null` for none. */
  static async unseenHolder(folder: WatchFolder): Promise<string | null> {
    const holder = await readHolder(folder);
    return (await isAtWork(holder, folder)) ? holder : null;
  }

  /** Releases the folder and removes the holder file, so that nobody looks for leftovers of this runner. */
  async release(): Promise<void> {
    await closing(this.file, async () => {
      const holder = await readHolder(this.folder).catch(() => null);
      if (holder === PROCESS_IDENTITY) await rm(this.folder.holder, { force: true });
    });
  }

  /** Leaves a folder that another one has replaced, whose holder file names this process by now. */
  async leave(): Promise<void> {
    await this.file.close();
  }

  /**
   * Forces a request to the server by creating a directory. A host that was cut off answers other calls from its cache,
   * but not this one. Other hosts get its lock only later.
   */
  async #refresh() {
    if (performance.now() < this.#freshUntil) return;
    const name = `${this.folder.holder}.asked`;
    const freshUntil = performance.now() + FRESH_MS;
    await mkdir(name).catch(unlessUnanswered);
    await rmdir(name).catch(unlessUnanswered);
    this.#freshUntil = freshUntil;
  }
}

/** Ignores a refusal, which is an answer of the server, too. */
function unlessUnanswered(error: unknown) {
  if (errorCode(error) === undefined) throw error;
}

/**
 * Replaces the last holder's name by that of this process. If several hosts do so without seeing each other's locks,
 * only one keeps the folder: only one can create the file, and whoever has replaced the name of another host checks
 * again after a moment.
 *
 * @param last holder read earlier.
 */
async function takeName(last: string | null, folder: WatchFolder, signal?: AbortSignal) {
  const now = await readHolder(folder);
  if (now !== last) throw unseenBy(now ?? '', folder);
  if (last !== null) await rm(folder.holder, { force: true });
  const file = await open(folder.holder, 'wx').catch(async (error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error;
    throw unseenBy((await readHolder(folder)) ?? '', folder);
  });
  await closing(file, async () => {
    await file.write(`${PROCESS_IDENTITY}\n`);
    // Other hosts see the content only after a sync.
    await file.sync();
  });
  if (last === null || ranOnThisHost(last)) return;
  await sleep(LOOK_AGAIN_MS, undefined, { signal });
  const named = await readHolder(folder);
  if (named !== PROCESS_IDENTITY) throw unseenBy(named ?? '', folder);
}

/** Tries twice, because {@link FolderLock.holder} takes the lock for a moment. */
async function locks(file: FileHandle, folder: WatchFolder): Promise<boolean> {
  if (lock(file, folder)) return true;
  await sleep(MOMENT_MS);
  return lock(file, folder);
}

/** Tries to lock the file. @throws FolderUnusableError if the file system has no locks, without which two runners might collide. */
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
 * True if a holder of another host goes on writing its status although the lock is free here. A holder of this host without a lock has
 * ended.
 */
async function isAtWork(
  holder: string | null,
  { status }: WatchFolder,
  signal?: AbortSignal,
): Promise<boolean> {
  if (!holder || ranOnThisHost(holder)) return false;
  const read = () => readWhole(status, MAX_STATUS_BYTES).catch(() => Buffer.of());
  const before = await read();
  const reported = readRunnerStatus(before);
  if (reported === null || reported.stopped_at !== null) return false;
  const silence = Math.min(silentAfterSeconds(reported.poll_seconds), LONGEST_SILENCE_SECONDS);
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

/** Text of the holder file; `null` if there is none, empty if the holder has just started. */
async function readHolder({ holder }: WatchFolder): Promise<string | null> {
  try {
    return (await readWhole(holder, MAX_HOLDER_BYTES)).toString('utf8').trim();
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

const MAX_HOLDER_BYTES = 1024;

const MOMENT_MS = 100;

/**
 * Shorter than the time for which servers keep the lock of a host that is cut off: NFS for its lease, SMB until it
 * gives up the connection.
 */
const FRESH_MS = 5000;

/** Longer than creating a file takes, even on slow storage. */
const LOOK_AGAIN_MS = 2000;

/** Longest wait for a status, in seconds; runners that scan less often are missed. */
const LONGEST_SILENCE_SECONDS = 300;

/** Text for a holder that has taken the lock but not written its name yet. */
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
    `Another runner already works on ${printable(folder.root)}: ${holder || JUST_STARTED}. This host doesn't see its lock. ${LET_LOCKS_BE_SEEN}`,
    holder,
  );
}

/** Advice if two hosts can hold one lock. */
export const LET_LOCKS_BE_SEEN =
  "Mount the folder so that hosts see each other's locks (NFS without nolock, SMB without nobrl), or let one host alone work on it.";

function unusable(folder: WatchFolder, cause: unknown): FolderUnusableError {
  return new FolderUnusableError(
    `The watch folder ${printable(folder.root)} cannot be used: ${errorMessage(cause)}. Let the runner write to it.`,
    { cause },
  );
}
