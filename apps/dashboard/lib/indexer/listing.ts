import { lstat, opendir } from 'node:fs/promises';
import { codeOf } from '../reading/read-listed-file.ts';

export interface ListingProblem {
  /** A sentence. */
  problem: string;
  isMissing: boolean;
}

/** A listing that was read to its end. */
export interface Listed {
  mtime: number;
  /** Whether the folder changed since the listing before. */
  isChanged: boolean;
}

/**
 * Some storage counts times in whole seconds, and two changes in one look like one: a folder that has changed is listed once
 * more after this long, though its mtime stands still.
 */
const SETTLED_MS = 3000;
/** The share of the time that goes into listing a folder that changes all the time, unless that costs next to nothing. */
const PAUSE_FACTOR = 20;
/** The same for the one time that it is listed once more. */
const SETTLED_FACTOR = 4;
const CHEAP_MS = 30;
/** Names that the system is asked for at once. */
const NAMES = 2048;

/** Lists one folder, only when it may have changed: reading two million names every second would be costly. */
export class Listing {
  readonly #path: string;
  readonly #label: string;
  #last = { mtime: Number.NaN, at: Number.NEGATIVE_INFINITY, cost: 0, isSettled: true };
  #problem: ListingProblem | null = null;

  /**
   * @param label what sentences call the folder
   * @param mtime of a listing that is known from before: the folder is listed again when that has passed, or in a moment
   */
  constructor(path: string, label: string, mtime: number | null) {
    this.#path = path;
    this.#label = label;
    if (mtime !== null) this.#last = { mtime, at: performance.now(), cost: 0, isSettled: false };
  }

  /** Why the folder can't be listed, as far as the last look goes. */
  get problem(): ListingProblem | null {
    return this.#problem;
  }

  /**
   * @param isIdle whether a listing would hold up nothing else
   * @returns the mtime of the folder when it should be listed now, or `null`
   */
  async look(isIdle: boolean): Promise<number | null> {
    try {
      const stats = await lstat(this.#path);
      if (stats.isSymbolicLink()) return this.#fail('is a symbolic link, which is not followed');
      if (!stats.isDirectory()) return this.#fail('is not a folder');
      if (this.#isDue(stats.mtimeMs, isIdle)) return stats.mtimeMs;
      this.#problem = null;
      return null;
    } catch (error) {
      return this.#failBy(error);
    }
  }

  /** @returns `null` when it could not be read to its end */
  async list(mtime: number, see: (name: string) => void): Promise<Listed | null> {
    const at = performance.now();
    try {
      const directory = await opendir(this.#path, { bufferSize: NAMES });
      for await (const { name } of directory) see(name);
    } catch (error) {
      return this.#failBy(error);
    }
    const isChanged = mtime !== this.#last.mtime;
    this.#last = { mtime, at, cost: performance.now() - at, isSettled: !isChanged };
    this.#problem = null;
    return { mtime, isChanged };
  }

  #isDue(mtime: number, isIdle: boolean): boolean {
    const { at, mtime: known, cost, isSettled } = this.#last;
    const since = performance.now() - at;
    const pause = cost < CHEAP_MS ? 0 : cost * PAUSE_FACTOR;
    if (mtime !== known) return since > pause;
    return !isSettled && isIdle && since > Math.max(SETTLED_MS, cost * SETTLED_FACTOR);
  }

  #failBy(error: unknown): null {
    this.#last.mtime = Number.NaN;
    const isMissing = codeOf(error) === 'ENOENT';
    return this.#fail(
      isMissing ? 'is not there' : `cannot be listed (${codeOf(error)})`,
      isMissing,
    );
  }

  #fail(sentence: string, isMissing = false): null {
    this.#problem = { problem: `${this.#label} ${sentence}.`, isMissing };
    return null;
  }
}

/** Whether there is something of this path, or nobody can tell. */
export async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    (error: unknown) => codeOf(error) !== 'ENOENT',
  );
}
