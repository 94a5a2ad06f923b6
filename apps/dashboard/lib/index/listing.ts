import { lstat, readdir } from 'node:fs/promises';
import { isJobOrResultName, isResultName, jobNameOfResult, stemOf } from '@app/jobspec/folder';
import { codeOf } from './read-listed-file.ts';

/** Which of its two files a job has in a folder. */
export interface Pair {
  hasJob: boolean;
  hasResult: boolean;
}

/** By the stem that a job and its result share. */
export type Pairs = ReadonlyMap<string, Pair>;

export interface ListingProblem {
  kind: 'problem';
  /** A sentence. */
  problem: string;
  isMissing: boolean;
}

export type ListingOutcome =
  | { kind: 'unchanged' }
  /** `changed`: the folder was written to since its last listing. */
  | { kind: 'listed'; pairs: Pairs; changed: boolean }
  | ListingProblem;

/**
 * Some storage counts times in whole seconds, and two changes in one look like one: a folder that has changed is listed once
 * more after this long, though its mtime stands still.
 */
const SETTLED_MS = 3000;

/** Lists one folder, only when it may have changed: reading 200,000 names every second would be costly. */
export class Listing {
  readonly #path: string;
  readonly #label: string;
  #last = { mtime: Number.NaN, at: Number.NEGATIVE_INFINITY, settled: false };

  /** @param label what sentences call the folder */
  constructor(path: string, label: string) {
    this.#path = path;
    this.#label = label;
  }

  async next(): Promise<ListingOutcome> {
    try {
      const stats = await lstat(this.#path);
      if (stats.isSymbolicLink()) return this.#problem('is a symbolic link, which is not followed');
      if (!stats.isDirectory()) return this.#problem('is not a folder');
      if (!this.#isDue(stats.mtimeMs)) return { kind: 'unchanged' };
      const changed = stats.mtimeMs !== this.#last.mtime;
      const at = performance.now();
      const pairs = pairsOf(await readdir(/* turbopackIgnore: true */ this.#path));
      this.#last = { mtime: stats.mtimeMs, at, settled: !changed };
      return { kind: 'listed', pairs, changed };
    } catch (error) {
      this.#last.mtime = Number.NaN;
      const isMissing = codeOf(error) === 'ENOENT';
      const sentence = isMissing ? 'is not there' : `cannot be listed (${codeOf(error)})`;
      return this.#problem(sentence, isMissing);
    }
  }

  #isDue(mtime: number): boolean {
    const { at, mtime: known, settled } = this.#last;
    return mtime !== known || (!settled && performance.now() - at > SETTLED_MS);
  }

  #problem(sentence: string, isMissing = false): ListingOutcome {
    return { kind: 'problem', problem: `${this.#label} ${sentence}.`, isMissing };
  }
}

/** Pairs jobs with their results; hidden files and everything else are not ours. */
function pairsOf(names: readonly string[]): Pairs {
  const pairs = new Map<string, Pair>();
  for (const name of names) {
    if (!isJobOrResultName(name)) continue;
    const isResult = isResultName(name);
    const stem = stemOf(isResult ? jobNameOfResult(name) : name);
    const pair = pairs.get(stem) ?? { hasJob: false, hasResult: false };
    if (isResult) pair.hasResult = true;
    else pair.hasJob = true;
    pairs.set(stem, pair);
  }
  return pairs;
}
