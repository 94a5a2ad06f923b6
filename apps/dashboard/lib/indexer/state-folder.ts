import { FILES, fileOf, pairOf, type Pair } from '../reading/pair.ts';
import { hasResults, pairNow, type EntryPlace } from '../reading/read-entry.ts';
import type { PlaceStore } from '../store/place-store.ts';
import { Comparison } from './comparison.ts';
import { FolderHints } from './folder-hints.ts';
import { Listing, type Listed, type ListingProblem } from './listing.ts';
import type { ReadJobs } from './read-jobs.ts';
import { ReadQueue } from './read-queue.ts';
import { Sweep } from './sweep.ts';
import { forAMoment, workThrough } from './work-through.ts';

/** Jobs that are read before they are written; two batches are read while another is written. */
const BATCH = 200;
const BATCHES = 3;
/** Looks at single files at a time. */
const LOOKS = 16;
/** How long a listing is waited for; one that takes longer goes on beside everything else. Nothing is known without the first. */
const PATIENCE_MS = { first: 2 ** 31 - 1, restart: 30, later: 100 };

/** Looks into files. */
export interface Reader {
  read(place: EntryPlace, pairs: readonly Pair[], withinMs: number): Promise<ReadJobs>;
}

/** `pending/`, `running/`, `completed/` or `failed/` of one watch folder, read again only where it changed. */
export class StateFolder {
  readonly #place: EntryPlace;
  readonly #store: PlaceStore;
  readonly #reader: Reader;
  readonly #listing: Listing;
  readonly #hints: FolderHints;
  readonly #sweep: Sweep;
  readonly #queue = new ReadQueue();
  #comparing: Promise<void> | null = null;
  /** Whether somebody spoke of a file since the last listing. */
  #hasHeard = false;
  #hasLooked = false;
  /** Of the last listing: kept once everything that it showed is read. */
  #mtime: number | null;

  constructor(place: EntryPlace, store: PlaceStore, reader: Reader) {
    this.#place = place;
    this.#store = store;
    this.#reader = reader;
    this.#listing = new Listing(place.path, `${place.state}/`, store.mtime);
    this.#hints = new FolderHints(place.path);
    this.#sweep = new Sweep(place.path, store);
    this.#mtime = store.mtime;
  }

  /** Jobs that the last listing showed, read or not. */
  get count(): number {
    return this.#store.count + this.#queue.fresh;
  }

  /** How many jobs wait to be read. */
  get unread(): number {
    return this.#queue.size;
  }

  /** Whether a listing goes on, which may show what nobody knows yet. */
  get isListing(): boolean {
    return this.#comparing !== null;
  }

  /** Whether a file that took the place of another is still looked for. */
  get isSearching(): boolean {
    return this.#sweep.isSearching;
  }

  /**
   * Looks at what somebody spoke of, and lists the folder when it may have changed. Of a million results that takes seconds.
   * @returns why it cannot be listed
   */
  async list(): Promise<ListingProblem | null> {
    await this.#lookAt(this.#heard());
    const mtime = await this.#listing.look(this.unread === 0);
    if (this.#listing.problem === null) this.#hints.follow();
    if (mtime !== null) this.#comparing ??= this.#compare(mtime);
    if (this.#comparing !== null) {
      // Until it is waited for again, nobody else hears what went wrong.
      this.#comparing.catch(() => undefined);
      const known = this.#hasLooked ? 'later' : this.#store.count > 0 ? 'restart' : 'first';
      await forAMoment(this.#comparing, PATIENCE_MS[known]);
    }
    this.#hasLooked = true;
    return this.#listing.problem;
  }

  /** Reads what is new or changed until `deadline` (of `performance.now()`), the latest finds first. */
  async read(deadline: number): Promise<void> {
    await workThrough(BATCHES, deadline, async () => {
      const pairs = this.#queue.take(BATCH);
      if (pairs.length === 0) return false;
      const within = deadline - performance.now();
      const { batch, gone, left } = await this.#reader.read(this.#place, pairs, within);
      this.#store.put(batch);
      this.#queue.done(batch.bases.concat(gone));
      this.#queue.putBack(left);
      return true;
    });
    this.#store.commit();
    if (this.unread === 0 && this.#comparing === null && !this.isSearching)
      this.#store.keepMtime(this.#mtime);
  }

  /** Queues files that kept their name but not their content. */
  async sweep(): Promise<void> {
    for (const pair of await this.#sweep.next()) this.#queue.add(pair, true);
  }

  /** A look at one job, because somebody says that it is here now. */
  hint(name: string): void {
    this.#hints.add(name);
  }

  #heard(): string[] {
    const names = this.#hints.take();
    this.#hasHeard ||= names.length > 0;
    return names.flatMap((name) => this.#fileOf(name)?.base ?? []);
  }

  async #compare(mtime: number): Promise<void> {
    const comparison = new Comparison();
    const listed = await this.#listing.list(mtime, (name) => {
      const found = this.#fileOf(name);
      if (found !== null) comparison.see(found);
    });
    if (listed !== null) {
      const { fresh, doubtful } = await comparison.with(this.#store);
      let isNews = doubtful.length > 0;
      for (const [base, files] of fresh)
        if (!this.#queue.addFile(base, files)) {
          this.#queue.add(pairOf(base, files), false);
          isNews = true;
        }
      await this.#lookAt(doubtful);
      this.#expect(listed, isNews);
    }
    this.#comparing = null;
  }

  /** What changed a folder and is not a name that came or went was a file that took the place of another. */
  #expect({ mtime, isChanged }: Listed, isNews: boolean): void {
    if (isChanged && isNews) this.#sweep.expect('changed');
    if (isChanged && !isNews && !this.#hasHeard) this.#sweep.expect('replaced');
    this.#hasHeard = false;
    this.#mtime = mtime;
  }

  /** A listing and a hint may be older than what was read meanwhile: what lies there now counts. */
  async #lookAt(bases: readonly string[]): Promise<void> {
    const waiting = [...new Set(bases)];
    const gone: string[] = [];
    await workThrough(LOOKS, Infinity, async () => {
      const base = waiting.pop();
      if (base === undefined) return false;
      const pair = await pairNow(this.#place, base);
      if (pair.hasJob || pair.hasResult) this.#queue.add(pair, this.#store.has(base));
      else gone.push(base);
      return true;
    });
    this.#store.remove(gone);
    this.#store.commit();
  }

  /** Files that are not those of jobs are nobody's business. */
  #fileOf(name: string): ReturnType<typeof fileOf> {
    const found = fileOf(name);
    return found?.file === FILES.result && !hasResults(this.#place.state) ? null : found;
  }
}
