import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { errorMessage } from '../../files/index.ts';
import { endedJob, report, unreadJob } from '../../logging/index.ts';
import { FolderHold, WatchFolder } from '../folder/index.ts';
import { Archive } from './archive.ts';
import { Finisher } from './finisher.ts';
import { interruptedResult } from './interrupted-result.ts';
import { namesIn, removeOldJournals, removeTemporaryFiles } from './running.ts';
import { JobCounts } from './job-counts.ts';

/**
 * Brings `running/` to rest after a runner that died, before anything is claimed. What is there says what to do, and
 * doing it twice changes nothing: a decided job is moved to where its result says; any other job was interrupted.
 */
@Injectable()
export class Recovery {
  /** Why jobs can't be brought to rest, by name. */
  readonly #troubles = new Map<string, string>();

  constructor(
    private readonly folder: WatchFolder,
    private readonly hold: FolderHold,
    private readonly archive: Archive,
    private readonly finisher: Finisher,
    private readonly jobCounts: JobCounts,
  ) {}

  /** Brings every job and result in `running/` to rest. @throws the system's error when the folder can't be read. */
  async run(): Promise<void> {
    await removeTemporaryFiles(this.folder);
    for (const name of await namesIn(this.folder)) await this.bringToRest(name);
    await removeOldJournals(this.folder, this.hold);
  }

  /**
   * Does the same, while jobs are being made, for whatever belongs to no worker: the folder was gone for a moment, or
   * somebody has put a job there. Nothing may be claimed meanwhile.
   *
   * @param isOurs whether a worker has the job of this name, or has finished it.
   * @throws the system's error when the folder can't be read.
   */
  async adopt(isOurs: (name: string) => boolean): Promise<void> {
    const names = await namesIn(this.folder);
    const there = new Set(names);
    for (const name of this.#troubles.keys()) if (!there.has(name)) this.#troubles.delete(name);
    for (const name of names) if (!isOurs(name)) await this.bringToRest(name);
  }

  /**
   * Does the same for one name. A file that can't be read now is looked at again with the next scan; the others don't wait for it.
   * Nothing may be claimed meanwhile.
   */
  async bringToRest(name: string) {
    try {
      await this.#recover(name);
      this.#troubles.delete(name);
    } catch (error) {
      const reason = errorMessage(error);
      this.jobCounts.leave(name);
      if (this.#troubles.get(name) !== reason)
        report('job_not_recovered', { ...unreadJob(name), reason });
      this.#troubles.set(name, reason);
    }
  }

  async #recover(name: string) {
    const decided = await this.archive.decided(name);
    if (decided !== null) {
      const { final_status } = decided;
      report('job_recovered', { ...endedJob(name, decided), final_status });
      await this.finisher.finish(name, decided);
    } else if (!(await this.hold.confirmedMissing(join(this.folder.running, name)))) {
      const result = await interruptedResult(this.folder, name);
      report('job_interrupted', endedJob(name, result));
      await this.finisher.finish(name, result);
    }
  }
}
