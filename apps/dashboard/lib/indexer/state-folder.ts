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
import { batchOf } from './batch.ts';
import type { IndexWriter, Place } from './index-writer.ts';

export interface ListingProblem {
  /** A sentence. */
  problem: string;
  isMissing: boolean;
}

/**
 * Some storage counts times in whole seconds, and two changes in one look like one: a folder that has changed is listed once
 * more after this long, though its mtime stands still.
 */
const SETTLED_MS = 3000;
/** Clips and jobs that are written at once. */
const BATCH = 2000;
/**
 * How long one look may search for files that kept their name but not their content: at any time, after names came or went, and
 * after the folder changed although its names are the same, which is what a file that takes the place of another leaves behind.
 */
const SEARCH_MS = { idle: 1, changed: 30, replaced: 200 };

/** `pending/`, `running/`, `completed/` or `failed/` of one watch folder, listed when its modification time has changed. */
export class StateFolder {
  readonly #place: EntryPlace;
  readonly #writer: IndexWriter;
  readonly #stored: Place;
  /** What the index has, by the names of jobs: their files as one digit, and the stamp of the main one. Loaded when it is needed. */
  #loaded: Map<string, string> | null = null;
  /** Jobs that are to be read, with their files. */
  #unread = new Map<string, number>();
  #listed: { mtime: number; at: number; isSettled: boolean };
  #search: MapIterator<[string, string]> | null = null;
  #toSearch = 0;
  #pace: keyof typeof SEARCH_MS = 'idle';

  constructor(place: EntryPlace, writer: IndexWriter) {
    this.#place = place;
    this.#writer = writer;
    this.#stored = writer.place(place.folder, place.state);
    this.#listed = { mtime: this.#stored.mtime ?? Number.NaN, at: 0, isSettled: true };
  }

  get #known(): Map<string, string> {
    this.#loaded ??= this.#writer.known(this.#stored.id);
    return this.#loaded;
  }

  /** Jobs that the last listing showed, read or not. */
  get count(): number {
    if (this.#loaded === null) return this.#stored.jobs;
    const fresh = Array.from(this.#unread.keys()).filter((base) => !this.#known.has(base));
    return this.#known.size + fresh.length;
  }

  get unread(): number {
    return this.#unread.size;
  }

  /** Whether the next look should come at once. */
  get isBusy(): boolean {
    return this.unread > 0 || (this.#toSearch > 0 && this.#pace === 'replaced');
  }

  /** Lists the folder if it may have changed. @returns why it can't be listed */
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

  /** What was known before is kept. */
  #refuse(sentence: string, isMissing = false): ListingProblem {
    this.#listed.mtime = Number.NaN;
    return { problem: `${this.#place.state}/ ${sentence}.`, isMissing };
  }

  #compare(mtime: number): void {
    const at = performance.now();
    const there = new Map<string, number>();
    for (const name of readdirSync(this.#place.path)) {
      const found = fileOf(name);
      // A result in pending/ is a file of somebody else: the runner leaves it alone, and so does the index.
      if (found === null || (found.file === FILES.result && this.#place.state === 'pending'))
        continue;
      there.set(found.base, (there.get(found.base) ?? 0) | found.file);
    }
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

  /** Reads what is new or changed until `deadline` (of `performance.now()`). */
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

  /** Looks for files that kept their name but not their content: at some at a time, at all of them in turn. */
  async search(): Promise<void> {
    const end = performance.now() + SEARCH_MS[this.#toSearch > 0 ? this.#pace : 'idle'];
    for (let most = this.#known.size; most > 0 && performance.now() < end; most -= 1) {
      this.#search ??= this.#known.entries();
      const { value, done } = this.#search.next();
      if (done === true) this.#search = null;
      else await this.#lookAt(...value);
      this.#toSearch -= 1;
    }
  }

  async #lookAt(base: string, known: string): Promise<void> {
    const files = Number(known[0]);
    const stamp = await entryStamp(this.#place, pairOf(base, files));
    if (stamp === null || known.slice(1) === stamp) return;
    // Of no listing, until it is read.
    this.#known.set(base, '0');
    this.#unread.set(base, files);
  }

  /** Keeps how far jobs without a result are, each by its name. */
  mark(soFar: (base: string) => Parameters<IndexWriter['mark']>[2]): void {
    for (const base of this.#known.keys()) this.#writer.mark(this.#stored.id, base, soFar(base));
  }
}
