import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { errorCode, type FileHandle, open, realpath } from '../files/index.ts';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tryLock } from 'fs-native-extensions';
import { readNote, writeNote, type LockNote } from './lock-note.ts';

const ASK_AGAIN_MS = 250;

/**
 * One render at a time for one Resolve on one machine, whoever runs there. The lock is the operating system's and is
 * handed to the driver as an open file: it lasts until both the runner's and the driver's hold are gone, so the driver of
 * a runner that was killed finishes its cleaning up before anybody else begins.
 */
export class ResolveLock {
  private constructor(private readonly file: FileHandle) {}

  /**
   * Waits until the Resolve of an installation is free. Who waits first holds the turn meanwhile: whoever has just
   * rendered has to wait for that before the next render, so none can keep Resolve to itself.
   *
   * @param scriptApi the installation's scripting folder, which stands for its Resolve.
   * @param onWait called once when it isn't free at first.
   * @throws the reason of `signal` once that is aborted; the system's error when the lock file can't be opened.
   */
  static async acquire(
    scriptApi: string,
    signal: AbortSignal,
    onWait: () => void,
  ): Promise<ResolveLock> {
    const path = lockPath(await realpath(scriptApi));
    const turn = await openLockFile(turnPath(path));
    const file = await openLockFile(path).catch(async (error: unknown) => {
      await turn.close();
      throw error;
    });
    let hasWaited = false;
    const obtain = async (wanted: FileHandle) => {
      while (!tryLock(wanted.fd)) {
        if (!hasWaited) onWait();
        hasWaited = true;
        await sleep(ASK_AGAIN_MS, null, { signal });
      }
    };
    try {
      await obtain(turn);
      await obtain(file);
      return new ResolveLock(file);
    } catch (error) {
      await file.close();
      signal.throwIfAborted();
      throw error;
    } finally {
      await turn.close();
    }
  }

  /**
   * Takes the lock of an installation's Resolve if it is free, without waiting.
   *
   * @param create whether a lock file is made where there is none.
   * @throws the system's error when the lock file can't be opened.
   */
  static async tryAcquire(scriptApi: string, create = true): Promise<ResolveLock | null> {
    const file = await openLockFile(lockPath(await realpath(scriptApi)), create);
    if (file === null) return null;
    if (tryLock(file.fd)) return new ResolveLock(file);
    await file.close();
    return null;
  }

  /** What the last holder has left. */
  async note(): Promise<LockNote | null> {
    return readNote(this.file);
  }

  async leave(note: LockNote | null): Promise<void> {
    await writeNote(this.file, note);
  }

  /** To be inherited by the driver. */
  get fileDescriptor(): number {
    return this.file.fd;
  }

  async release(): Promise<void> {
    await this.file.close();
  }
}

/**
 * A fixed place: `TMPDIR` differs between services of one machine.
 *
 * @param scriptApi without symbolic links.
 */
export function lockPath(scriptApi: string): string {
  const name = createHash('sha256').update(scriptApi).digest('hex').slice(0, 16);
  const folder = process.platform === 'win32' ? tmpdir() : '/tmp';
  return join(folder, `watch-folder-runner-resolve-${name}.lock`);
}

/** The lock of whoever renders next. */
export function turnPath(lock: string): string {
  return `${lock}.turn`;
}

/**
 * The folder is everybody's: links are not followed, and a file is only created where there is none. Another user's file
 * can be opened there but, on Linux, not with the flag that creates files.
 */
async function openLockFile(path: string): Promise<FileHandle>;
async function openLockFile(path: string, create: boolean): Promise<FileHandle | null>;
async function openLockFile(path: string, create = true): Promise<FileHandle | null> {
  for (;;) {
    try {
      return await open(path, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0));
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
      if (!create) return null;
    }
    try {
      const file = await open(path, 'wx+');
      await file.chmod(0o666);
      return file;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
}
