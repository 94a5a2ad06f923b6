import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { closingOnFailure, errorCode, type FileHandle, open, realpath } from '@app/storage';
import { report } from '../logging/runner-logger.ts';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tryLock } from 'fs-native-extensions';

const ASK_AGAIN_MS = 250;

/** Missed deadline or unstoppable render, after which Resolve isn't trusted. */
export interface Hang {
  /** UTC, ISO 8601. */
  since: string;
  /** Phase of the driver. */
  phase: string;
}

/**
 * Lock that allows one render at a time per Resolve and machine. The driver inherits the locked file, so the lock lasts until both
 * runner and driver have closed it: the driver of a killed runner can clean up before anybody else begins. The file also records a hang.
 */
export class ResolveLock {
  private constructor(private readonly file: FileHandle) {}

  /**
   * Waits until an installation's Resolve is free.
   *
   * @param scriptApi the installation's scripting folder, which identifies its Resolve.
   * @throws the reason of `signal`; the system's error if the lock file can't be opened.
   */
  static async acquire(scriptApi: string, signal: AbortSignal): Promise<ResolveLock> {
    for (let hasWaited = false; ; hasWaited = true) {
      signal.throwIfAborted();
      const lock = await ResolveLock.tryAcquire(scriptApi);
      if (lock !== null) return lock;
      if (!hasWaited) report('resolve_awaited', {});
      await sleep(ASK_AGAIN_MS, null, { signal }).catch(() => signal.throwIfAborted());
    }
  }

  /**
   * Takes the lock of an installation's Resolve if it is free, without waiting.
   *
   * @throws the system's error if the lock file can't be opened.
   */
  static async tryAcquire(scriptApi: string): Promise<ResolveLock | null> {
    const file = await openLockFile(lockPath(await realpath(scriptApi)));
    if (await closingOnFailure(file, async () => tryLock(file.fd))) return new ResolveLock(file);
    await file.close();
    return null;
  }

  /** Hang recorded by an earlier holder. Anybody can write to the file, so content of any other form counts as none. */
  async hang(): Promise<Hang | null> {
    const { buffer, bytesRead } = await this.file.read(Buffer.alloc(100), 0, 100, 0);
    const text = buffer.toString('latin1', 0, bytesRead);
    const [, since, phase] =
      /^(\d{4}-\d\d-\d\dT[\d:.]{8,12}Z) hung ([a-z_]{1,32})\n$/.exec(text) ?? [];
    return since && phase ? { since, phase } : null;
  }

  /** @param hungIn phase of the driver in which Resolve hung; `null` clears the record. */
  async recordHang(hungIn: string | null): Promise<void> {
    await this.file.truncate(0);
    if (hungIn !== null) await this.file.write(`${new Date().toISOString()} hung ${hungIn}\n`, 0);
  }

  /** Descriptor for the driver to inherit. */
  get fileDescriptor(): number {
    return this.file.fd;
  }

  async release(): Promise<void> {
    await this.file.close();
  }
}

/**
 * Path of the lock file. It is fixed because `TMPDIR` differs between services of one machine.
 *
 * @param scriptApi real path.
 */
export function lockPath(scriptApi: string): string {
  const name = createHash('sha256').update(scriptApi).digest('hex').slice(0, 16);
  const folder = process.platform === 'win32' ? tmpdir() : '/tmp';
  return join(folder, `watch-folder-runner-resolve-${name}.lock`);
}

/**
 * Opens or creates the lock file. Its folder is writable by everybody, so links aren't followed. Opening comes before creating, because
 * Linux refuses to open another user's file there with the flag that creates files.
 */
async function openLockFile(path: string): Promise<FileHandle> {
  for (;;) {
    const found = await open(path, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0)).catch(
      unless('ENOENT'),
    );
    if (found !== null) return found;
    const made = await open(path, 'wx+').catch(unless('EEXIST'));
    if (made === null) continue;
    await closingOnFailure(made, () => made.chmod(0o666));
    return made;
  }
}

const unless = (code: string) => (error: unknown) => {
  if (errorCode(error) === code) return null;
  throw error;
};
