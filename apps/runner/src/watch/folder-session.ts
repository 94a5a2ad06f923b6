import { Injectable } from '@nestjs/common';
import { FolderLock } from './folder/folder-lock.ts';
import { Recovery } from './finish/recovery.ts';
import { WatchFolder } from './folder/watch-folder.ts';

/** A runner's hold on its watch folder. */
@Injectable()
export class FolderSession {
  #lock: FolderLock | null = null;

  constructor(
    private readonly folder: WatchFolder,
    private readonly recovery: Recovery,
  ) {}

  get isOpen(): boolean {
    return this.#lock !== null;
  }

  /**
   * Takes the folder and brings what an earlier runner left behind to rest.
   *
   * @throws FolderUnusableError, FolderLockedError, or the system's error when `running/` can't be brought to rest.
   */
  async open(): Promise<void> {
    await this.folder.prepare();
    this.#lock = await FolderLock.acquire(this.folder);
    await this.recovery.run();
  }

  /**
   * Takes the folder again where it has been removed and is back, or was mounted anew; creates nothing.
   *
   * @throws FolderLockedError, FolderUnusableError, or the system's error while it isn't there.
   */
  async ensure(): Promise<void> {
    if (await this.#lock?.isHeld()) return;
    const lock = await FolderLock.acquire(this.folder);
    await this.#lock?.release();
    this.#lock = lock;
  }

  /** Lets other runners have the folder. */
  async close(): Promise<void> {
    await this.#lock?.release();
    this.#lock = null;
  }
}
