import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import {
  lstat,
  rename,
  StorageDeadline,
  syncDirectory,
  withDeadline,
  fingerprintAt,
  readJobBytes,
  readJobFile,
  type JobFile,
  type WatchFolder,
} from '@app/storage';
import { RunnerSettings } from '../config/settings.ts';
import type { FullOutputs } from './claim-gate.ts';

/** A claimed file that is being rewritten is looked at again, that often and for that long, in seconds. */
const REWRITE_POLL_SECONDS = 0.1;
const REWRITE_SECONDS = 1.5;
/** On storage that is slow itself, a file is looked at this often all the same. */
const FEWEST_LOOKS = 3;
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
  const checked = await withDeadline(new StorageDeadline(READ_SECONDS), async () => {
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

/** @param judged as it was judged complete. */
async function readClaimed(folder: WatchFolder, path: string, checked: JobFile): Promise<JobFile> {
  try {
    await syncDirectory(folder.running);
    await syncDirectory(folder.pending);
    return await readSettled(path, checked);
  } catch {
    return checked;
  }
}

/**
 * The bytes are the ones that were judged complete. Where a writer rewrites the file at the very moment of the claim, it is
 * waited for, within bounds: what it has written then is the job.
 */
async function readSettled(path: string, checked: JobFile): Promise<JobFile> {
  const deadline = performance.now() + REWRITE_SECONDS * 1000;
  if ((await readJobBytes(path)).sha256 === checked.sha256) return checked;
  let file = await readJobFile(path);
  for (let look = 1; !file.reading.isComplete; look++) {
    if (look >= FEWEST_LOOKS && performance.now() >= deadline) break;
    await sleep(REWRITE_POLL_SECONDS * 1000);
    file = await readJobFile(path);
  }
  return file;
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

function seconds(): number {
  return performance.now() / 1000;
}
