import { Injectable } from '@nestjs/common';
import { FolderLock, WatchFolder, exists, FolderLockedError, PROCESS_IDENTITY } from '@app/storage';

/** This process's lease on its watch folder, which may disappear and come back. */
@Injectable()
export class FolderLease {
  #lock: FolderLock | null = null;
  /** Aborts the wait for a runner of another host. */
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

  /** True if the folder is still the one that was taken and this runner still holds it. @throws the system's error while it is missing. */
  async isThere(): Promise<boolean> {
    return (await this.#lock?.isHeld()) ?? false;
  }

  /**
   * True if none of the paths exists. Checks twice, with the folder present after each check: during a single check the folder may have
   * been away for a moment, and then nothing is found.
   *
   * @throws the system's error, or an Error if the folder was replaced.
   */
  async confirmedMissing(...paths: readonly string[]): Promise<boolean> {
    for (let check = 1; check <= 2; check++) {
      for (const path of paths) if (await exists(path)) return false;
      if (!(await this.isThere()))
        throw new Error('another folder has taken the place of the watch folder');
    }
    return true;
  }

  /** Takes the folder again after it was replaced or lost. @throws as {@link take} does. */
  async takeAgain(): Promise<void> {
    const lock = await FolderLock.acquire(this.folder, this.#stop).catch((error: unknown) => {
      // A lock without a name may be this process's own, if somebody removed its file.
      if (!(error instanceof FolderLockedError && ['', PROCESS_IDENTITY].includes(error.holder)))
        throw error;
      return null;
    });
    if (lock === null) await this.release();
    else await this.#lock?.leave();
    this.#lock = lock ?? (await FolderLock.acquire(this.folder, this.#stop));
  }

  /** Lets other runners take the folder. */
  async release(): Promise<void> {
    const lock = this.#lock;
    this.#lock = null;
    await lock?.release();
  }
}
