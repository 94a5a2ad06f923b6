import { Injectable } from '@nestjs/common';
import { FolderLock, WatchFolder, exists, FolderLockedError, PROCESS_IDENTITY } from '@app/storage';

/** This process's hold on its watch folder, which may go away and come back. */
@Injectable()
export class FolderHold {
  #lock: FolderLock | null = null;
  /** Ends the wait for a runner of another host. */
  #stop: AbortSignal | undefined;

  constructor(private readonly folder: WatchFolder) {}

  get isTaken(): boolean {
    return this.#lock !== null;
  }

  /** @throws FolderLockedError, FolderUnusableError; an `AbortError` at a stop. */
  async take(stop?: AbortSignal): Promise<void> {
    this.#stop = stop;
    this.#lock = await FolderLock.acquire(this.folder, stop);
  }

  /** Whether the folder is there, is the one that was taken, and is nobody else's. @throws the system's error while it is not there. */
  async isThere(): Promise<boolean> {
    return (await this.#lock?.isHeld()) ?? false;
  }

  /**
   * Whether nothing bears any of these names in the folder. One look may fall into a moment in which the folder is away, and then
   * finds nothing at all: only the second one counts, with the folder there after each.
   *
   * @throws the system's error, or that the folder is another one, when that can't be said.
   */
  async confirmedMissing(...paths: readonly string[]): Promise<boolean> {
    for (let look = 1; look <= 2; look++) {
      for (const path of paths) if (await exists(path)) return false;
      if (!(await this.isThere()))
        throw new Error('another folder has taken the place of the watch folder');
    }
    return true;
  }

  /** Takes the folder that is there now, which is another one than before, or was lost. @throws as {@link take} does. */
  async takeAgain(): Promise<void> {
    const lock = await FolderLock.acquire(this.folder, this.#stop).catch((error: unknown) => {
      // Without a name, it may be the lock of this process, whose name somebody has removed at his end.
      if (!(error instanceof FolderLockedError && ['', PROCESS_IDENTITY].includes(error.holder)))
        throw error;
      return null;
    });
    await this.release();
    this.#lock = lock ?? (await FolderLock.acquire(this.folder, this.#stop));
  }

  /** Lets other runners have the folder. */
  async release(): Promise<void> {
    const lock = this.#lock;
    this.#lock = null;
    await lock?.release();
  }
}
