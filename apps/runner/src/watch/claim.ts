import { basename, join } from 'node:path';
import { Injectable } from '@nestjs/common';
import {
  errorCode,
  errorMessage,
  exists,
  lstat,
  placesInRunning,
  rename,
  syncDirectory,
  fingerprintAt,
  readJobBytes,
  readJobFile,
  type JobFile,
  WatchFolder,
  withinSeconds,
} from '@app/storage';
import { RunnerSettings } from '../config/settings.ts';
import { report, unreadJob } from '../logging/runner-logger.ts';
import { FullOutputs } from './claim-gate.ts';
import { JobCounts } from './finisher.ts';
import { FolderHold } from './folder-hold.ts';
import { Recovery } from './recovery.ts';

/** A file in `pending/` that can't be read within this time, in seconds, waits; the others don't wait for it. */
const READ_SECONDS = 2;

/** Somebody must work on it now. */
export interface ClaimedJob {
  name: string;
  /** In `running/`. */
  path: string;
  /**
   * Makes the claim durable and reads the job's bytes. Once a job is claimed it must be worked on: storage that fails now will
   * stop the writing of its result, not lose it.
   */
  read: () => Promise<JobFile>;
}

/**
 * Why a job is not taken: its writer may still be at work, its output filesystem is full, or somebody has put something else than a
 * file in its place, which is in `running/` now and nobody's job.
 */
export type NotTaken = 'incomplete' | 'held' | 'foreign';

/**
 * Takes a job: one atomic rename out of `pending/`.
 *
 * @throws the system's error, `ENOENT` when the file is gone; the job is then still in `pending/`.
 */
export async function claimJob(
  folder: WatchFolder,
  name: string,
  completeness: CompletenessWatch,
  outputs: FullOutputs,
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
  // Who writes to pending/ may have replaced the file until now; in running/ he can't any more.
  const taken = await lstat(path).catch(() => null);
  if (taken?.isFile() === false) return 'foreign';
  return { name, path, read: () => readClaimed(folder, path, checked) };
}

/** What its writer has made of it by now is the job. @param checked as it was judged complete. */
async function readClaimed(folder: WatchFolder, path: string, checked: JobFile): Promise<JobFile> {
  try {
    await syncDirectory(folder.running);
    await syncDirectory(folder.pending);
    const isSame = (await readJobBytes(path)).sha256 === checked.sha256;
    return isSame ? checked : await readJobFile(path);
  } catch {
    return checked;
  }
}

/** Of the time that goes by, this part at most is spent on reading again what was incomplete before. */
const MOST_OF_THE_TIME = 0.1;

/** A file that was incomplete when it was read. */
interface Unparsed {
  fingerprint: string;
  /** When it was first seen like this, in seconds of a clock that can't jump. */
  since: number;
  /** Whether it was read like this: then only time can make it complete. */
  isRead: boolean;
}

/**
 * Decides when a job file has been written to its last byte. A file that parses as one JSON object is complete, since no
 * proper prefix of an object is an object. A file that doesn't parse counts as finished once it has stayed unchanged
 * for the settle time, measured by a clock that can't jump.
 */
@Injectable()
export class CompletenessWatch {
  readonly #unparsed = new Map<string, Unparsed>();
  /** Before this time, no file is read again only because it has changed. */
  #nextReading = 0;

  constructor(private readonly settings: RunnerSettings) {}

  /**
   * Whether a file was incomplete before and need not be read now: it is still the same, or changes all the time. Files that never
   * settle cost a look at each, and hold up nobody by their size.
   */
  async isWaitedFor(path: string): Promise<boolean> {
    const seen = this.#unparsed.get(basename(path));
    if (seen === undefined) return false;
    const fingerprint = await fingerprintAt(path).catch(() => null);
    if (fingerprint === null) return false;
    const now = seconds();
    if (fingerprint !== seen.fingerprint)
      Object.assign(seen, { fingerprint, since: now, isRead: false });
    if (this.#hasSettled(seen, now)) return false;
    return seen.isRead || now < this.#nextReading;
  }

  /** The file when it is complete or settled, `null` while its writer may still be at work. @throws the system's error. */
  async readWhenComplete(path: string): Promise<JobFile | null> {
    const name = basename(path);
    const seen = this.#unparsed.get(name);
    const began = seconds();
    const file = await readJobFile(path);
    const { fingerprint, reading } = file;
    const now = seconds();
    const since = seen?.fingerprint === fingerprint ? seen.since : now;
    const unparsed = { fingerprint, since, isRead: true };
    if (reading.isComplete || this.#hasSettled(unparsed, now)) {
      this.#unparsed.delete(name);
      return file;
    }
    if (seen !== undefined) this.#nextReading = now + (now - began) / MOST_OF_THE_TIME;
    this.#unparsed.set(name, unparsed);
    return null;
  }

  /** Forgets files that are no longer waited for. */
  forget(isGone: (name: string) => boolean): void {
    for (const name of this.#unparsed.keys()) if (isGone(name)) this.#unparsed.delete(name);
  }

  #hasSettled({ since }: Unparsed, now: number): boolean {
    return now - since >= this.settings.settleSeconds;
  }
}

/** Claims jobs by name, and remembers what keeps one from being claimed. */
@Injectable()
export class Claimer {
  /** What keeps jobs from being claimed, by name. */
  readonly #stuck = new Map<string, string>();

  constructor(
    private readonly folder: WatchFolder,
    private readonly completeness: CompletenessWatch,
    private readonly outputs: FullOutputs,
    private readonly jobCounts: JobCounts,
    private readonly hold: FolderHold,
    private readonly recovery: Recovery,
  ) {}

  /** Looks at disks anew; nothing is remembered of files that somebody has taken away. */
  beginScan(names: readonly string[]): void {
    const there = new Set(names);
    const isGone = (name: string) => !there.has(name);
    this.outputs.beginScan(names);
    this.completeness.forget(isGone);
    for (const name of [...this.#stuck.keys()].filter(isGone)) this.#release(name);
  }

  /** Whether a job's writer was at work before, and the file needn't be read now. */
  isWaitedFor(name: string): Promise<boolean> {
    return this.completeness.isWaitedFor(join(this.folder.pending, name));
  }

  /**
   * Claims a job if it can be claimed now.
   *
   * @returns why it isn't: `incomplete` may pass by itself, `passed over` needs somebody; `null` for what is nobody's job, or has gone.
   */
  async claim(name: string): Promise<ClaimedJob | 'incomplete' | 'passed over' | null> {
    try {
      const isFree = await this.hold.confirmedMissing(...placesInRunning(this.folder, name));
      if (!isFree) return 'incomplete';
      const job = await claimJob(this.folder, name, this.completeness, this.outputs);
      this.#release(name);
      if (job === 'held') return 'passed over';
      if (job !== 'foreign') return job;
      await this.recovery.bringToRest(name);
      return null;
    } catch (error) {
      if (await this.#isGone(name, error)) return null;
      this.#reportOnce(name, errorMessage(error));
      return 'passed over';
    }
  }

  #release(name: string) {
    this.#stuck.delete(name);
    this.jobCounts.resolve(name);
  }

  /** `ENOENT` may also mean that another folder is missing. */
  async #isGone(name: string, error: unknown): Promise<boolean> {
    if (errorCode(error) !== 'ENOENT') return false;
    return !(await exists(join(this.folder.pending, name)).catch(() => true));
  }

  #reportOnce(name: string, problem: string) {
    if (this.#stuck.get(name) === problem) return;
    this.#stuck.set(name, problem);
    this.jobCounts.leave(name);
    report('job_not_claimed', { ...unreadJob(name), reason: problem });
  }
}

function seconds(): number {
  return performance.now() / 1000;
}
