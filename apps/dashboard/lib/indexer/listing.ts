import { lstat, readdir } from 'node:fs/promises';
import { codeOf } from '../reading/read-listed-file.ts';

export interface ListingProblem {
  kind: 'problem';
  /** A sentence. */
  problem: string;
  isMissing: boolean;
}

export type ListingOutcome =
  | { kind: 'unchanged' }
  | { kind: 'listed'; names: readonly string[]; mtime: number; isSettled: boolean }
  | ListingProblem;

/**
 * Some storage counts times in whole seconds, and two changes in one look like one: a folder that has changed is listed once
 * more after this long, though its mtime stands still.
 */
const SETTLED_MS = 3000;
/** The share of the time that goes into listing a folder that changes all the time. */
const PAUSE_FACTOR = 8;

/** Lists one folder, only when it may have changed: reading two million names every second would be costly. */
export class Listing {
  readonly #path: string;
  readonly #label: string;
  #last = { mtime: Number.NaN, at: Number.NEGATIVE_INFINITY, cost: 0, settled: true };

  /**
   * @param label what sentences call the folder
   * @param mtime of a listing that is known from before, and settled
   */
  constructor(path: string, label: string, mtime: number | null) {
    this.#path = path;
    this.#label = label;
    this.#last.mtime = mtime ?? Number.NaN;
  }

  async next(): Promise<ListingOutcome> {
    try {
      const stats = await lstat(this.#path);
      if (stats.isSymbolicLink()) return this.#problem('is a symbolic link, which is not followed');
      if (!stats.isDirectory()) return this.#problem('is not a folder');
      if (!this.#isDue(stats.mtimeMs)) return { kind: 'unchanged' };
      const changed = stats.mtimeMs !== this.#last.mtime;
      const at = performance.now();
      const names = await readdir(this.#path);
      const cost = performance.now() - at;
      this.#last = { mtime: stats.mtimeMs, at, cost, settled: !changed };
      return { kind: 'listed', names, mtime: stats.mtimeMs, isSettled: !changed };
    } catch (error) {
      this.#last.mtime = Number.NaN;
      const isMissing = codeOf(error) === 'ENOENT';
      const sentence = isMissing ? 'is not there' : `cannot be listed (${codeOf(error)})`;
      return this.#problem(sentence, isMissing);
    }
  }

  #isDue(mtime: number): boolean {
    const { at, mtime: known, cost, settled } = this.#last;
    const since = performance.now() - at;
    if (mtime !== known) return since > cost * PAUSE_FACTOR;
    return !settled && since > Math.max(SETTLED_MS, cost * PAUSE_FACTOR);
  }

  #problem(sentence: string, isMissing = false): ListingOutcome {
    return { kind: 'problem', problem: `${this.#label} ${sentence}.`, isMissing };
  }
}
