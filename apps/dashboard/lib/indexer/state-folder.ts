import { lstatSync, readdirSync } from 'node:fs';
import {
  entryStamp,
  fileOf,
  FILES,
  filesOf,
  pairOf,
  readEntry,
  type EntryPlace,
  type ReadEntry,
} from './read-entry.ts';
import { codeOf } from '../index/read-listed-file.ts';
import { isInventoryName } from '@app/jobspec/inventory';
import { batchOf } from './batch.ts';
import type { IndexWriter, Place } from './index-writer.ts';

export interface ListingProblem {
  /** A sentence. */
  problem: string;
  isMissing: boolean;
}

/** Delay after which a changed folder is listed once more: with mtimes in whole seconds, two changes may look like one. */
const SETTLED_MS = 3000;
/** Limit on names of ignored files. */
const MOST_IGNORED = 100;
/** Clips and jobs written in one batch. */
const BATCH = 2000;
/**
 * Milliseconds per pass for finding files that changed under the same name. `changed`: after names came or went;
 * `replaced`: after the folder's mtime changed but not its names, as when a file is replaced.
 */
const SEARCH_MS = { idle: 1, changed: 30, replaced: 200 };

/** State folder of a watch folder, listed when its modification time changes. */
export class StateFolder {
  readonly #place: EntryPlace;
  readonly #writer: IndexWriter;
  readonly #stored: Place;
  /** Known jobs: name to files (one digit) and stamp of the main file. Loaded on first use. */
  #loaded: Map<string, string> | null = null;
  /** Jobs to be read, with their files. */
  #unread = new Map<string, number>();
  #listed: { mtime: number; at: number; isSettled: boolean };
  #search: MapIterator<[string, string]> | null = null;
  #toSearch = 0;
  #pace: keyof typeof SEARCH_MS = 'idle';
  #ignored: string[] = [];

  constructor(place: EntryPlace, writer: IndexWriter) {
    this.#place = place;
    this.#writer = writer;
    this.#stored = writer.place(place.folder, place.state);
    // What is ignored in pending/ isn't stored.
    const mtime = place.state === 'pending' ? null : this.#stored.mtime;
    this.#listed = { mtime: mtime ?? Number.NaN, at: 0, isSettled: true };
  }

  get #known(): Map<string, string> {
    this.#loaded ??= this.#writer.known(this.#stored.id);
    return this.#loaded;
  }

  /** Number of jobs in the last listing, read or not. */
  get count(): number {
    if (this.#loaded === null) return this.#stored.jobs;
    const fresh = Array.from(this.#unread.keys()).filter((base) => !this.#known.has(base));
    return this.#known.size + fresh.length;
  }

  /** Names of what lies in `pending/` and is no JobSpec, as of the last listing. */
  get ignored(): readonly string[] {
    return this.#ignored;
  }

  get unread(): number {
    return this.#unread.size;
  }

  /** True if the next pass should come at once. */
  get isBusy(): boolean {
    return this.unread > 0 || (this.#toSearch > 0 && this.#pace === 'replaced');
  }

  /** Lists the folder if it may have changed. @returns problem if it can't be listed */
  list(): ListingProblem | null {
    try {
      const stats = lstatSync(this.#place.path);
      if (stats.isSymbolicLink()) return this.#refuse('is a symbolic link, which is not followed');
      if (!stats.isDirectory()) return this.#refuse('is not a folder');
      if (this.#isDue(stats.mtimeMs)) this.#compare(stats.mtimeMs);
      return null;
    } catch (error) {
      const isMissing = codeOf(error) === 'ENOENT';
      return this.#refuse(
        isMissing ? 'is missing' : `cannot be listed (${codeOf(error)})`,
        isMissing,
      );
    }
  }

  #isDue(now: number): boolean {
    const { mtime, at, isSettled } = this.#listed;
    return now !== mtime || (!isSettled && performance.now() - at > SETTLED_MS);
  }

  /** Keeps what is known and lists the folder again next time. */
  #refuse(sentence: string, isMissing = false): ListingProblem {
    this.#listed.mtime = Number.NaN;
    return { problem: `${this.#place.state}/ ${sentence}.`, isMissing };
  }

  /** Reads the listing: files of each job, by name. Keeps the names that the runner ignores. */
  #filesThere(): Map<string, number> {
    const there = new Map<string, number>();
    const isPending = this.#place.state === 'pending';
    this.#ignored = [];
    for (const name of readdirSync(this.#place.path)) {
      const found = fileOf(name);
      // The runner ignores results in pending/, and so does the index.
      if (found === null || (found.file === FILES.result && isPending)) {
        const isIgnored = isPending && !name.startsWith('.') && !isInventoryName(name);
        if (isIgnored && this.#ignored.length < MOST_IGNORED) this.#ignored.push(name);
        continue;
      }
      there.set(found.base, (there.get(found.base) ?? 0) | found.file);
    }
    return there;
  }

  #compare(mtime: number): void {
    const at = performance.now();
    const there = this.#filesThere();
    const gone = Array.from(this.#known.keys()).filter((base) => !there.has(base));
    for (const base of gone) this.#known.delete(base);
    this.#writer.remove(this.#stored.id, gone);
    this.#unread = new Map();
    for (const [base, files] of there)
      if (Number(this.#known.get(base)?.[0]) !== files) this.#unread.set(base, files);
    const isSettled = mtime === this.#listed.mtime;
    const isNews = Number.isNaN(this.#listed.mtime) || gone.length + this.unread > 0;
    this.#listed = { mtime, at, isSettled };
    if (isSettled) return;
    this.#toSearch = this.#known.size;
    this.#pace = isNews ? 'changed' : 'replaced';
  }

  /** Reads new and changed jobs until `deadline`, by `performance.now()`. */
  async read(deadline: number): Promise<void> {
    let found: ReadEntry[] = [];
    let size = 0;
    for (const [base, files] of this.#unread) {
      if (performance.now() > deadline) break;
      const entry = await readEntry(this.#place, pairOf(base, files));
      this.#unread.delete(base);
      if (entry === null) continue;
      found.push(entry);
      size += 1 + entry.clips.length;
      if (size < BATCH) continue;
      this.#put(found);
      found = [];
      size = 0;
    }
    this.#put(found);
    const { mtime, isSettled } = this.#listed;
    if (this.unread > 0 || !isSettled || Number.isNaN(mtime) || mtime === this.#stored.mtime)
      return;
    this.#stored.mtime = mtime;
    this.#writer.settle(this.#stored.id, mtime);
  }

  #put(entries: readonly ReadEntry[]): void {
    if (entries.length === 0) return;
    this.#writer.put(this.#stored.id, batchOf(this.#place.folder, this.#place.state, entries));
    for (const entry of entries) this.#known.set(entry.base, `${filesOf(entry)}${entry.stamp}`);
  }

  /** Checks some jobs for files that changed under the same name; over several passes, all of them. */
  async search(): Promise<void> {
    const end = performance.now() + SEARCH_MS[this.#toSearch > 0 ? this.#pace : 'idle'];
    for (let most = this.#known.size; most > 0 && performance.now() < end; most -= 1) {
      this.#search ??= this.#known.entries();
      const { value, done } = this.#search.next();
      if (done === true) this.#search = null;
      else await this.#compareStamp(...value);
      this.#toSearch -= 1;
    }
  }

  async #compareStamp(base: string, known: string): Promise<void> {
    const files = Number(known[0]);
    const stamp = await entryStamp(this.#place, pairOf(base, files));
    if (stamp === null || known.slice(1) === stamp) return;
    // No listing matches `0`, so the job counts as unread until it is read.
    this.#known.set(base, '0');
    this.#unread.set(base, files);
  }

  /** Records the progress of jobs without a result. */
  mark(soFar: (base: string) => Parameters<IndexWriter['mark']>[2]): void {
    for (const base of this.#known.keys()) this.#writer.mark(this.#stored.id, base, soFar(base));
  }
}
