import { Injectable } from '@nestjs/common';
import { JobFailure, parseJobSpec } from '@app/jobspec';
import {
  contains,
  isFull,
  type JobFile,
  LONGEST_PATH,
  MIN_FREE_BYTES,
  realPathOf,
  realPathsOf,
  withinSeconds,
} from '@app/storage';
import { RunnerSettings } from '../config/settings.ts';

/** Limit for a filesystem to report its free space, in seconds. After that it counts as not full. */
const FULLNESS_SECONDS = 1;

/**
 * Holds jobs whose output filesystem is full in `pending/`, because they would fail one after another. Other jobs go on. Jobs that
 * leave `pending/` are forgotten.
 */
@Injectable()
export class FullOutputGate {
  /** Output directories checked since the last scan, with true for full ones. */
  readonly #checks = new Map<string, Promise<boolean>>();
  /** Held jobs, by name: the job file's fingerprint when read, and its output directory. */
  readonly #held = new Map<string, { fingerprint: string; directory: string }>();

  constructor(private readonly settings: RunnerSettings) {}

  /** Checks filesystems again, and forgets jobs that are gone. */
  beginScan(names: readonly string[]): void {
    this.#checks.clear();
    const offered = new Set(names);
    for (const name of this.#held.keys()) if (!offered.has(name)) this.#held.delete(name);
  }

  /** Reason why jobs are held, as a sentence; `null` if none is. */
  get reason(): string | null {
    const [held] = this.#held.values();
    return held
      ? `no space left on the filesystem of ${held.directory}; jobs that write elsewhere go on`
      : null;
  }

  /** Number of held jobs. */
  get count(): number {
    return this.#held.size;
  }

  /** True if a held job can be skipped without reading its file: the file is unchanged, and the output filesystem is still full. */
  async stillHolds(name: string, fingerprint: () => Promise<string>): Promise<boolean> {
    const held = this.#held.get(name);
    if (held?.fingerprint === undefined || held.fingerprint !== (await fingerprint())) return false;
    return this.#isFull(held.directory);
  }

  /** Decides whether to hold a job, and records the decision. */
  async holds(name: string, file: JobFile): Promise<boolean> {
    const directory = outputDirectoryIn(file);
    const isHeld = directory !== null && (await this.#isFull(directory));
    if (isHeld) this.#held.set(name, { fingerprint: file.fingerprint, directory });
    else this.#held.delete(name);
    return isHeld;
  }

  #isFull(directory: string): Promise<boolean> {
    const known = this.#checks.get(directory);
    if (known) return known;
    if (directory.length > LONGEST_PATH) return Promise.resolve(false);
    const answer = withinSeconds(FULLNESS_SECONDS, () => this.#check(directory)).catch(() => false);
    this.#checks.set(directory, answer);
    return answer;
  }

  /** False for a directory outside the roots, whose jobs are refused at once. */
  async #check(directory: string): Promise<boolean> {
    const roots = await realPathsOf(this.settings.allowOutputRoots);
    if (roots.length > 0) {
      const { real } = await realPathOf(directory);
      if (!roots.some((root) => contains(root.real, real))) return false;
    }
    return isFull(directory, MIN_FREE_BYTES.forOutputs);
  }
}

/** Output directory of a job; `null` for a job that will be refused: it needn't wait for space. */
function outputDirectoryIn({ reading }: JobFile): string | null {
  try {
    return parseJobSpec(reading).output_directory;
  } catch (error) {
    if (error instanceof JobFailure) return null;
    throw error;
  }
}
