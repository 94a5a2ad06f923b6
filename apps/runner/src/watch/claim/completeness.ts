import { basename } from 'node:path';
import { Injectable } from '@nestjs/common';
import { RunnerSettings } from '../../config/settings.ts';
import { FileNotes } from './file-notes.ts';
import { type JobFile, readJobFile } from '../folder/index.ts';

/**
 * Decides when a job file has been written to its last byte. A file that parses as one JSON object is complete, since no
 * proper prefix of an object is an object. A file that doesn't parse counts as finished once it has stayed unchanged
 * for the settle time, measured by a clock that can't jump.
 */
@Injectable()
export class CompletenessWatch {
  readonly #unparsed = new FileNotes<{ fingerprint: string; since: number }>();

  constructor(private readonly settings: RunnerSettings) {}

  /** The file when it is complete or settled, `null` while its writer may still be at work. @throws the system's error. */
  async readWhenComplete(path: string): Promise<JobFile | null> {
    const file = await readJobFile(path);
    const name = basename(path);
    if (!file.reading.isComplete && !this.#hasSettled(name, file.fingerprint)) return null;
    this.#unparsed.delete(name);
    return file;
  }

  /** Forgets files that are no longer waited for. */
  forget(isGone: (name: string) => boolean): void {
    this.#unparsed.forget(isGone);
  }

  #hasSettled(name: string, fingerprint: string): boolean {
    const now = performance.now() / 1000;
    const seen = this.#unparsed.get(name);
    if (seen?.fingerprint !== fingerprint) {
      this.#unparsed.set(name, { fingerprint, since: now });
      return this.settings.settleSeconds === 0;
    }
    return now - seen.since >= this.settings.settleSeconds;
  }
}
