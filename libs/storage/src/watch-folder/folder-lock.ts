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

  /** @param holder as its lock file names it. */
  constructor(
    message: string,
    readonly holder: string,
  ) {
    super(message);
  }
}

/** What is locked: one byte, as runners of one folder agree on it. macOS locks whole files. */
const LOCKED = process.platform === 'darwin' ? ([] as const) : ([2 ** 30, 1] as const);

/**
 * Holds a watch folder for one process. The lock is the operating system's and dies with the process, so a killed runner blocks nobody.
 * `.runner/holder` says who holds it, or held it last. Each runner puts a new file in the place of the last one: a runner whose lock was
 * lost, or was never seen by others, finds another name than its own, and has lost the folder. What is written into a file that a host
 * of NFS has open is not always seen there; a new file is.
 */
export class FolderLock {
  /** Until when what this host remembers of the folder is what its server says, as `performance.now()` has it. */
  #freshUntil = performance.now() + FRESH_MS;

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
        throw heldBy((await readHolder(folder).catch(() => null)) ?? '', folder);
      const last = await readHolder(folder);
      if (await isAtWork(last, folder, signal)) throw unseenBy(last ?? '', folder);
      if (last) await endOrphansOf(last);
      await takeName(last, folder, signal);
      return new FolderLock(folder, file);
    } catch (error) {
      await file.close();
      const isTold = error instanceof FolderLockedError || error instanceof FolderUnusableError;
      throw isTold || signal?.aborted === true ? error : unusable(folder, error);
    }
  }

  /**
   * Whether the folder is still the one that was taken, and has a holder: it may have been removed, unmounted or replaced.
   *
   * @throws FolderLockedError when somebody else has taken it since: this host was cut off from its server for so long that another one
   * got the lock, or they don't see each other's locks.
   */
  async isHeld(): Promise<boolean> {
    await this.#refresh();
    const { dev, ino } = await this.file.stat();
    const now = await closing(await openRegular(this.folder.lock), (file) => file.stat());
    if (now.dev !== dev || now.ino !== ino) return false;
    const holder = await readHolder(this.folder);
    if (holder === null) return false;
    if (holder !== PROCESS_IDENTITY) throw unseenBy(holder, this.folder);
    return true;
  }

  /** Who holds the folder, as text; `null` when nobody does. @throws FolderUnusableError where nothing can be locked. */
  static async holder(folder: WatchFolder): Promise<string | null> {
    if (!(await exists(folder.lock))) return null;
    return closing(await open(folder.lock, 'r+'), async (file) => {
      const isFree = lock(file, folder);
      if (isFree) unlock(file.fd, ...LOCKED);
      return isFree ? null : (await readHolder(folder)) || JUST_STARTED;
    });
  }

  /** Who works on the folder though its lock is free here, because their hosts don't see each other's locks; `null` for nobody. */
  static async unseenHolder(folder: WatchFolder): Promise<string | null> {
    const holder = await readHolder(folder);
    return (await isAtWork(holder, folder)) ? holder : null;
  }

  /** After a clean end there is no holder to name, and nothing of it to look for. */
  async release(): Promise<void> {
    await closing(this.file, async () => {
      const holder = await readHolder(this.folder).catch(() => null);
      if (holder === PROCESS_IDENTITY) await rm(this.folder.holder, { force: true });
    });
  }

  /**
   * A host that was cut off goes on answering from what it remembers until it has to ask its server, as for a new name. Others get its
   * lock later than that.
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

/** A refusal is an answer, too. */
function unlessUnanswered(error: unknown) {
  if (errorCode(error) === undefined) throw error;
}

/**
 * Puts this process's name in the place of the last one. Of several hosts that do so without seeing each other's locks, one keeps
 * the folder: one alone makes the file, and where there was one, all look again after a moment.
 *
 * @param last as it was read before.
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
    // Other hosts see what is written once it has left this one.
    await file.sync();
  });
  if (last === null || ranOnThisHost(last)) return;
  await sleep(LOOK_AGAIN_MS, undefined, { signal });
  const named = await readHolder(folder);
  if (named !== PROCESS_IDENTITY) throw unseenBy(named ?? '', folder);
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
  holder: string | null,
  { status }: WatchFolder,
  signal?: AbortSignal,
): Promise<boolean> {
  if (!holder || ranOnThisHost(holder)) return false;
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

/** @returns `null` without a holder; nothing of one that has just started. */
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

/** Servers keep the lock of a host that they don't hear of for longer: NFS for its lease, SMB until the connection is given up. */
const FRESH_MS = 5000;

/** Longer than it takes to make a file, on slow storage too. */
const LOOK_AGAIN_MS = 2000;

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
    `Another runner already works on ${printable(folder.root)}: ${holder || JUST_STARTED}. This host doesn't see its lock. ${LET_LOCKS_BE_SEEN}`,
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
