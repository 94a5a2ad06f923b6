import { Injectable } from '@nestjs/common';
import { isAbsent, isDirectory, misplacedJobs, WatchFolder } from '@app/storage';
import { isProved } from '../ffmpeg/ffmpeg-tools.ts';
import { report } from '../logging/runner-logger.ts';
import { FolderLease } from './folder-lease.ts';
import { InventoryKeeper } from './inventory-keeper.ts';
import { Recovery } from './recovery.ts';

/** Session on a watch folder, from taking it to releasing it. */
@Injectable()
export class FolderSession {
  constructor(
    private readonly folder: WatchFolder,
    private readonly lease: FolderLease,
    private readonly recovery: Recovery,
    private readonly inventory: InventoryKeeper,
  ) {}

  get isOpen(): boolean {
    return this.lease.isTaken;
  }

  /**
   * Takes the folder and recovers what an earlier runner left behind.
   *
   * @throws FolderUnusableError, FolderLockedError, or the system's error if `running/` can't be recovered; an `AbortError` at a stop.
   */
  async open(stop: AbortSignal): Promise<void> {
    await this.folder.prepare();
    await this.lease.take(stop);
    await this.inventory.open();
    await this.recovery.run();
    for (const place of await misplacedJobs(this.folder)) report('jobs_misplaced', place);
    const { root } = this.folder;
    if (!(await isProved(root))) report('ffmpeg_not_proved', { folder: root });
  }

  /**
   * Takes the folder again if it was removed and is back, was remounted, or another one has its place. Makes no watch folder of an
   * empty folder, which may be where a lost volume was.
   *
   * @throws FolderLockedError, FolderUnusableError, or the system's error while it is missing.
   */
  async ensure(): Promise<void> {
    if (await this.#isThere()) return;
    await this.lease.takeAgain();
    report('folder_taken_again', { folder: this.folder.root });
    await this.inventory.open();
  }

  async #isThere(): Promise<boolean> {
    try {
      return await this.lease.isThere();
    } catch (error) {
      if (!isAbsent(error) || !(await isDirectory(this.folder.pending))) throw error;
      // Somebody has made another watch folder, and no runner or follower has worked on it yet.
      await this.folder.prepare();
      return false;
    }
  }

  /** Lets other runners take the folder. */
  async close(): Promise<void> {
    await this.lease.release();
  }
}
