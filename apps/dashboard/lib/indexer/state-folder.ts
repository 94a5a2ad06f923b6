import {
  isJobOrResultName,
  isResultName,
  jobNameOf,
  jobNameOfResult,
  resultNameOf,
  stemOf,
} from '@app/jobspec/folder';
import { isThere, readEntry, type Pair, type Place } from '../reading/read-entry.ts';
import type { PlaceStore } from '../store/place-store.ts';
import type { Writing } from '../store/index-writer.ts';
import { FolderHints } from './folder-hints.ts';
import { Listing, type ListingProblem } from './listing.ts';
import { NameSet } from '../names/name-set.ts';
import { ReadQueue } from './read-queue.ts';
import { Sweep } from './sweep.ts';
import { workThrough } from './work-through.ts';

const PARALLEL = 24;
/** Jobs that are written in one transaction, or fewer with so many clips. */
const BATCH = 400;
const BATCH_CLIPS = 10_000;

/** `pending/`, `running/`, `completed/` or `failed/` of one watch folder, read again only where it changed. */
export class StateFolder {
  readonly #place: Place;
  readonly #store: PlaceStore;
  readonly #listing: Listing;
  readonly #hints: FolderHints;
  readonly #sweep: Sweep;
  /** Files of the last listing; `null` before the first one of this process. */
  #files: NameSet | null = null;
  /** Files that went since. */
  readonly #gone = new Set<string>();
  readonly #queue = new ReadQueue();
  /** Of a listing that tells all: kept once everything is read. */
  #settled: number | null;

  constructor(place: Place, store: PlaceStore) {
    this.#place = place;
    this.#store = store;
    this.#listing = new Listing(place.path, `${place.state}/`, store.mtime);
    this.#hints = new FolderHints(place.path);
    this.#sweep = new Sweep(place.path, store);
    this.#settled = store.mtime;
  }

  /** Jobs that the last listing showed, read or not. */
  get count(): number {
    return this.#store.count + this.#queue.fresh;
  }

  /** How many jobs wait to be read. */
  get unread(): number {
    return this.#queue.size;
  }

  /** Whether a file that took the place of another is still looked for. */
  get isSearching(): boolean {
    return this.#sweep.isSearching;
  }

  /** Lists the folder when it may have changed. @returns why it cannot be listed */
  async list(): Promise<ListingProblem | null> {
    const heard = this.#hints.take();
    const outcome = await this.#listing.next();
    if (outcome.kind === 'problem') return outcome;
    this.#hints.follow();
    if (outcome.kind === 'listed') {
      const isRenamed = this.#compare(outcome.names);
      this.#sweep.expect(isRenamed ? 'changed' : 'replaced');
      this.#settled = outcome.isSettled ? outcome.mtime : null;
    }
    for (const base of new Set(heard.flatMap((name) => this.#baseOf(name) ?? [])))
      await this.#lookAt(base);
    return null;
  }

  /** Reads what is new or changed until `deadline` (of `performance.now()`), the latest finds first. */
  async read(deadline: number): Promise<void> {
    if (this.unread === 0) return this.#store.keepMtime(this.#settled);
    this.#files ??= this.#store.files();
    let batch: Writing[] = [];
    let clips = 0;
    const write = () => {
      this.#store.put(batch);
      for (const job of batch) this.#queue.done(job);
      [batch, clips] = [[], 0];
    };
    await workThrough(PARALLEL, deadline, async () => {
      const next = this.#queue.take();
      if (next === undefined) return false;
      const found = await readEntry(this.#place, this.#pairOf(next.base), deadline);
      if (found === 'late') this.#queue.putBack(next);
      if (found === 'gone') this.#queue.done(next);
      if (found === 'late' || found === 'gone') return true;
      batch.push({ ...found, isKnown: next.isKnown });
      clips += found.clips.length;
      if (batch.length >= BATCH || clips >= BATCH_CLIPS) write();
      return true;
    });
    write();
  }

  /** Queues files that kept their name but not their content. */
  async sweep(): Promise<void> {
    for (const base of await this.#sweep.next()) this.#queue.add(base, true);
  }

  /** A look at one job, because somebody says that it is here now. */
  hint(base: string): void {
    this.#hints.add(jobNameOf(base));
    this.#hints.add(resultNameOf(jobNameOf(base)));
  }

  #pairOf(base: string): Pair {
    return {
      base,
      hasJob: this.#has(jobNameOf(base)),
      hasResult: this.#has(resultNameOf(jobNameOf(base))),
    };
  }

  #has(name: string): boolean {
    return this.#files?.has(name) === true && !this.#gone.has(name);
  }

  /** @returns whether names came or went */
  #compare(names: readonly string[]): boolean {
    const before = this.#files ?? this.#store.files();
    const now = new NameSet();
    let [kept, isRenamed] = [0, false];
    for (const name of names) {
      const base = this.#baseOf(name);
      if (base === null) continue;
      now.add(name);
      const isKnown = before.has(name) && !this.#gone.has(name);
      if (isKnown) kept += 1;
      else {
        isRenamed = true;
        this.#queue.add(
          base,
          before.has(jobNameOf(base)) || before.has(resultNameOf(jobNameOf(base))),
        );
      }
    }
    const isComplete = kept === before.size;
    this.#files = now;
    this.#gone.clear();
    if (!isComplete) this.#forget();
    return isRenamed || !isComplete;
  }

  /** Looks again at every job of which a file is gone. */
  #forget(): void {
    const gone: string[] = [];
    for (const known of this.#store.pairs()) {
      const pair = this.#pairOf(known.base);
      if (!pair.hasJob && !pair.hasResult) gone.push(known.base);
      else if (pair.hasJob !== known.hasJob || pair.hasResult !== known.hasResult)
        this.#queue.add(known.base, true);
    }
    this.#store.remove(gone);
  }

  /** Somebody says that something happened to a job. */
  async #lookAt(base: string): Promise<void> {
    this.#files ??= this.#store.files();
    const wasKnown = this.#isThere(base);
    for (const name of [jobNameOf(base), resultNameOf(jobNameOf(base))]) {
      const isHere = await isThere(this.#place, name);
      if (isHere) this.#gone.delete(name);
      else this.#gone.add(name);
      if (isHere) this.#files.add(name);
    }
    if (this.#isThere(base)) this.#queue.add(base, wasKnown);
    else this.#store.remove([base]);
  }

  #isThere(base: string): boolean {
    const { hasJob, hasResult } = this.#pairOf(base);
    return hasJob || hasResult;
  }

  /** A result in pending/ is a file of somebody else: the runner leaves it alone, and so does the index. */
  #baseOf(name: string): string | null {
    if (!isJobOrResultName(name)) return null;
    if (!isResultName(name)) return stemOf(name);
    return this.#place.state === 'pending' ? null : stemOf(jobNameOfResult(name));
  }
}
