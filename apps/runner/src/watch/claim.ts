import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import {
  errorCode,
  errorMessage,
  exists,
  lstat,
  placesInRunning,
  rename,
  syncDirectory,
  syncFile,
  fingerprintAt,
  readJobBytes,
  readJobFile,
  type JobFile,
  WatchFolder,
  withinSeconds,
} from '@app/storage';
import { report, unreadJob } from '../logging/runner-logger.ts';
import { CompletenessWatch } from './completeness-watch.ts';
import { JobCounts } from './finisher.ts';
import { FolderLease } from './folder-lease.ts';
import { FullOutputGate } from './full-output-gate.ts';
import { Recovery } from './recovery.ts';

/** Limit for reading a file in `pending/`, in seconds, so that a slow one doesn't delay others. */
const READ_SECONDS = 2;

/** A claimed job, which must be worked on now. */
export interface ClaimedJob {
  name: string;
  /** Path in `running/`. */
  path: string;
  /**
   * Makes the claim durable and reads the job. Doesn't fail on storage errors, because a claimed job must be worked on: they will
   * delay its result, not lose it.
   */
  read: () => Promise<JobFile>;
}

/**
 * Reason not to claim a job: it is still being written, its output filesystem is full, or its file was replaced by something else,
 * which is now in `running/`.
 */
export type NotTaken = 'incomplete' | 'held' | 'foreign';

/**
 * Claims a job by one atomic rename out of `pending/`.
 *
 * @throws the system's error, `ENOENT` if the file is gone; otherwise the job is then still in `pending/`.
 */
export async function claimJob(
  folder: WatchFolder,
  name: string,
  completeness: CompletenessWatch,
  outputs: FullOutputGate,
): Promise<ClaimedJob | NotTaken> {
  const pendingPath = join(folder.pending, name);
  const checked = await withinSeconds(READ_SECONDS, async () => {
    if (await outputs.stillHolds(name, () => fingerprintAt(pendingPath))) return 'held';
    return completeness.readWhenComplete(pendingPath);
  });
  if (checked === 'held') return checked;
  if (checked === null) return 'incomplete';
  if (await outputs.holds(name, checked)) return 'held';
  const path = join(folder.running, name);
  await rename(pendingPath, path);
  // Writers to pending/ may have replaced the file until now; they can't in running/.
  const taken = await lstat(path).catch(() => null);
  if (taken?.isFile() === false) return 'foreign';
  return { name, path, read: () => readClaimed(folder, path, checked) };
}

/** Reads the job again, in case its writer has changed it since. @param checked the file as it was when found complete. */
async function readClaimed(folder: WatchFolder, path: string, checked: JobFile): Promise<JobFile> {
  try {
    await syncFile(path);
    await syncDirectory(folder.running);
    await syncDirectory(folder.pending);
    const isSame = (await readJobBytes(path)).sha256 === checked.sha256;
    return isSame ? checked : await readJobFile(path);
  } catch {
    return checked;
  }
}

/** Claims jobs by name, and logs each error that prevents a claim once. */
@Injectable()
export class Claimer {
  /** Errors that prevent a claim, by job name. */
  readonly #stuck = new Map<string, string>();

  constructor(
    private readonly folder: WatchFolder,
    private readonly completeness: CompletenessWatch,
    private readonly outputs: FullOutputGate,
    private readonly jobCounts: JobCounts,
    private readonly lease: FolderLease,
    private readonly recovery: Recovery,
  ) {}

  /** Checks disks again, and forgets files that are gone. */
  beginScan(names: readonly string[]): void {
    const there = new Set(names);
    const isGone = (name: string) => !there.has(name);
    this.outputs.beginScan(names);
    this.completeness.forget(isGone);
    for (const name of [...this.#stuck.keys()].filter(isGone)) this.#release(name);
  }

  /** True if a job's file was incomplete and need not be read now. */
  isKnownIncomplete(name: string): Promise<boolean> {
    return this.completeness.isKnownIncomplete(join(this.folder.pending, name));
  }

  /**
   * Claims a job if possible.
   *
   * @returns the job; `incomplete` if waiting may help, `passed over` if somebody must act, `null` if it isn't a job or is gone.
   */
  async claim(name: string): Promise<ClaimedJob | 'incomplete' | 'passed over' | null> {
    try {
      const isFree = await this.lease.confirmedMissing(...placesInRunning(this.folder, name));
      if (!isFree) return 'incomplete';
      const job = await claimJob(this.folder, name, this.completeness, this.outputs);
      this.#release(name);
      if (job === 'held') return 'passed over';
      if (job !== 'foreign') return job;
      await this.recovery.recoverJob(name);
      return null;
    } catch (error) {
      if (await this.#isGone(name, error)) return null;
      this.#reportOnce(name, errorMessage(error));
      return 'passed over';
    }
  }

  #release(name: string) {
    this.#stuck.delete(name);
    this.jobCounts.clearStuck(name);
  }

  /** True if the job file itself is gone: `ENOENT` may also mean that `running/` is missing. */
  async #isGone(name: string, error: unknown): Promise<boolean> {
    if (errorCode(error) !== 'ENOENT') return false;
    return !(await exists(join(this.folder.pending, name)).catch(() => true));
  }

  #reportOnce(name: string, problem: string) {
    if (this.#stuck.get(name) === problem) return;
    this.#stuck.set(name, problem);
    this.jobCounts.markStuck(name);
    report('job_not_claimed', { ...unreadJob(name), reason: problem });
  }
}
