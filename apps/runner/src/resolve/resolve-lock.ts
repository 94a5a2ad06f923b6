import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { errorCode, type FileHandle, open, realpath } from '@app/storage';
import { report } from '../logging/runner-logger.ts';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tryLock } from 'fs-native-extensions';

const ASK_AGAIN_MS = 250;

/** A Resolve missed a deadline, or didn't stop a render: it isn't trusted. */
export interface Hang {
  /** UTC, ISO 8601. */
  since: string;
  /** Of the driver. */
  phase: string;
}

/**
 * One render at a time for one Resolve on one machine, whoever runs there. The lock is the operating system's and is
 * handed to the driver as an open file: it lasts until both the runner's and the driver's hold are gone, so the driver of
 * a runner that was killed finishes its cleaning up before anybody else begins. The file remembers a hang.
 */
export class ResolveLock {
  private constructor(private readonly file: FileHandle) {}

  /**
   * Waits until the Resolve of an installation is free.
   *
   * @param scriptApi the installation's scripting folder, which stands for its Resolve.
   * @throws the reason of `signal` once that is aborted; the system's error when the lock file can't be opened.
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
   * @throws the system's error when the lock file can't be opened.
   */
  static async tryAcquire(scriptApi: string): Promise<ResolveLock | null> {
    const file = await openLockFile(lockPath(await realpath(scriptApi)));
    if (tryLock(file.fd)) return new ResolveLock(file);
    await file.close();
    return null;
  }

  /** How Resolve hung, as the last holder has left it. Everybody can write there: what isn't exactly that counts as none. */
  async hang(): Promise<Hang | null> {
    const { buffer, bytesRead } = await this.file.read(Buffer.alloc(100), 0, 100, 0);
    const text = buffer.toString('latin1', 0, bytesRead);
    const [, since, phase] =
      /^(\d{4}-\d\d-\d\dT[\d:.]{8,12}Z) hung ([a-z_]{1,32})\n$/.exec(text) ?? [];
    return since && phase ? { since, phase } : null;
  }

  /** @param hungIn the driver's phase in which Resolve has hung now; `null` when it is well. */
  async leave(hungIn: string | null): Promise<void> {
    await this.file.truncate(0);
    if (hungIn !== null) await this.file.write(`${new Date().toISOString()} hung ${hungIn}\n`, 0);
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

/**
 * The folder is everybody's: links are not followed, and a file is only created where there is none. Another user's file
 * can be opened there but, on Linux, not with the flag that creates files.
 */
async function openLockFile(path: string): Promise<FileHandle> {
  for (;;) {
    const found = await open(path, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0)).catch(
      unless('ENOENT'),
    );
    const file = found ?? (await open(path, 'wx+').catch(unless('EEXIST')));
    if (found === null) await file?.chmod(0o666);
    if (file !== null) return file;
  }
}

const unless = (code: string) => (error: unknown) => {
  if (errorCode(error) === code) return null;
  throw error;
};
