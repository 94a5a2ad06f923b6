import { Injectable } from '@nestjs/common';
import { JobFailure, parseJobSpec } from '@app/jobspec';
import { RunnerSettings } from '../../config/settings.ts';
import {
  contains,
  isFull,
  LONGEST_PATH,
  MIN_FREE_BYTES,
  StorageDeadline,
  realPathOf,
  realPathsOf,
  withDeadline,
} from '../../files/index.ts';
import type { JobFile } from '../folder/index.ts';

/** Of so many held jobs it is told where they want to write. */
const MOST_NAMED = 100;

/** A share that doesn't say within this time how full it is, in seconds, is not taken for full. */
const ANSWER_SECONDS = 1;

/**
 * Holds back the jobs whose output filesystem is full: one after the other would fail. Others go on. A job is held while it
 * is in `pending/` and would be made if there were space; nothing is remembered of a job that has gone.
 */
@Injectable()
export class FullOutputs {
  /** Output directories that were looked at since the last scan, and whether they are full. */
  readonly #looked = new Map<string, Promise<boolean>>();
  /** What is held: the file as it was read, and where it wants to write. */
  readonly #held = new Map<string, { fingerprint: string; directory: string }>();

  constructor(private readonly settings: RunnerSettings) {}

  /** Looks at filesystems anew, and forgets jobs that are not on offer any more. */
  beginScan(names: readonly string[]): void {
    this.#looked.clear();
    const offered = new Set(names);
    for (const name of this.#held.keys()) if (!offered.has(name)) this.#held.delete(name);
  }

  /** Why jobs are held, in a sentence; `null` when none is. */
  get reason(): string | null {
    const [held] = this.#held.values();
    return held
      ? `no space left on the filesystem of ${held.directory}; jobs that write elsewhere go on`
      : null;
  }

  /** How many jobs are held. */
  get count(): number {
    return this.#held.size;
  }

  /** Where the first of them want to write. */
  get directories(): ReadonlySet<string> {
    const first = [...this.#held.values()].slice(0, MOST_NAMED);
    return new Set(first.map(({ directory }) => directory));
  }

  /** Whether a job that was held before can be passed over unread: it is the same, and its filesystem is still full. */
  async stillHolds(name: string, fingerprint: () => Promise<string>): Promise<boolean> {
    const held = this.#held.get(name);
    if (held?.fingerprint === undefined || held.fingerprint !== (await fingerprint())) return false;
    return this.#isFull(held.directory);
  }

  /** Whether a job is held back now. */
  async holds(name: string, file: JobFile): Promise<boolean> {
    const directory = outputDirectoryIn(file);
    const holds = directory !== null && (await this.#isFull(directory));
    if (holds) this.#held.set(name, { fingerprint: file.fingerprint, directory });
    else this.#held.delete(name);
    return holds;
  }

  #isFull(directory: string): Promise<boolean> {
    const known = this.#looked.get(directory);
    if (known) return known;
    if (directory.length > LONGEST_PATH) return Promise.resolve(false);
    const deadline = new StorageDeadline(ANSWER_SECONDS);
    const answer = withDeadline(deadline, () => this.#look(directory)).catch(() => false);
    this.#looked.set(directory, answer);
    return answer;
  }

  /** A directory outside the roots is not even looked at: its job is refused at once. */
  async #look(directory: string): Promise<boolean> {
    const roots = await realPathsOf(this.settings.allowOutputRoots);
    if (roots.length > 0) {
      const { real } = await realPathOf(directory);
      if (!roots.some((root) => contains(root.real, real))) return false;
    }
    return isFull(directory, MIN_FREE_BYTES.forOutputs);
  }
}

/** Where a job wants to write; `null` for one that is refused, and need not wait for that. */
function outputDirectoryIn({ reading }: JobFile): string | null {
  try {
    return parseJobSpec(reading).output_directory;
  } catch (error) {
    if (error instanceof JobFailure) return null;
    throw error;
  }
}
