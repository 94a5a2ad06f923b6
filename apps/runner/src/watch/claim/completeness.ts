import { basename } from 'node:path';
import { Injectable } from '@nestjs/common';
import { RunnerSettings } from '../../config/settings.ts';
import { fingerprintAt, type JobFile, readJobFile } from '../folder/index.ts';

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
