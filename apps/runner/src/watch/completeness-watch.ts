import { basename } from 'node:path';
import { Injectable } from '@nestjs/common';
import { fingerprintAt, readJobFile, type JobFile } from '@app/storage';
import { RunnerSettings } from '../config/settings.ts';

/** Maximum share of the time spent on reading incomplete files again. */
const MAX_TIME_SHARE = 0.1;

/** File that was incomplete when read. */
interface Unparsed {
  fingerprint: string;
  /** Monotonic time in seconds at which this state was first seen. */
  since: number;
  /** True if the file was read in this state; then only the settle time can make it count as complete. */
  isRead: boolean;
}

/**
 * Decides whether a job file is completely written. A file that parses as one JSON object is complete: no beginning of it would
 * parse. A file that doesn't parse counts as complete once it has been unchanged for the settle time, in monotonic time.
 */
@Injectable()
export class CompletenessWatch {
  readonly #unparsed = new Map<string, Unparsed>();
  /** Time before which changed files aren't read again. */
  #nextReading = 0;

  constructor(private readonly settings: RunnerSettings) {}

  /**
   * True if an incomplete file need not be read now: it is unchanged, or changes all the time. A file that never settles costs only one
   * `stat` per check, however large it is.
   */
  async isKnownIncomplete(path: string): Promise<boolean> {
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

  /** Reads the file if it is complete or settled; `null` while it may still be written. @throws the system's error. */
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
    if (seen !== undefined) this.#nextReading = now + (now - began) / MAX_TIME_SHARE;
    this.#unparsed.set(name, unparsed);
    return null;
  }

  /** Forgets files that are gone. */
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
