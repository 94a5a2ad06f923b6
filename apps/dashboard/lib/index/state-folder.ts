import { lstat } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Catalogue } from './catalogue.ts';
import { mainFileOf, readEntry, type Entry, type Place } from './entry.ts';
import type { JobRow } from './job-row.ts';
import { Listing, type ListingProblem, type Pair, type Pairs } from './listing.ts';
import { stampOf } from './read-listed-file.ts';
import { workThrough } from './work-through.ts';

const PARALLEL = 16;
// Half the cost of the one of node:fs/promises, which counts when it is done 100,000 times.
const statOf = promisify(lstat);
/**
 * How long a sweep may look for changed contents: while the folder stands still, after names came or went, and after it
 * changed although the names are the same, which is what a file that takes the place of another leaves behind.
 */
const SWEEP_MS = { idle: 2, changed: 100, replaced: 1500 };

/** `pending/`, `running/`, `completed/` or `failed/` of one watch folder, read again only where it changed. */
export class StateFolder {
  readonly #place: Place;
  readonly #catalogue: Catalogue;
  readonly #listing: Listing;
  readonly #entries = new Map<string, Entry>();
  readonly #queue: Entry[] = [];
  #sweep = this.#entries.values();
  #sweepLeft = 0;
  #sweepMs = SWEEP_MS.idle;

  constructor(place: Place, catalogue: Catalogue) {
    this.#place = place;
    this.#catalogue = catalogue;
    this.#listing = new Listing(place.path, `${place.state}/`);
  }

  get path(): string {
    return this.#place.path;
  }

  /** Jobs that the last listing showed, read or not. */
  get count(): number {
    return this.#entries.size;
  }

  /** How many jobs wait to be read. */
  get unread(): number {
    return this.#queue.length;
  }

  /** Whether a file that took the place of another is still looked for. */
  get isSearching(): boolean {
    return this.#sweepLeft > 0 && this.#sweepMs === SWEEP_MS.replaced;
  }

  /** @param base the name of a job without `.json` */
  entryOf(base: string): Entry | null {
    return this.#entries.get(base) ?? null;
  }

  get rows(): JobRow[] {
    return [...this.#entries.values()].flatMap(({ row }) => row ?? []);
  }

  /** Lists the folder when it may have changed. @returns why it cannot be listed */
  async list(): Promise<ListingProblem | null> {
    const outcome = await this.#listing.next();
    if (outcome.kind === 'problem') return outcome;
    if (outcome.kind === 'unchanged') return null;
    const isRenamed = this.#compare(outcome.pairs);
    if (outcome.changed) {
      this.#sweepLeft = this.#entries.size;
      this.#sweepMs = isRenamed ? SWEEP_MS.changed : SWEEP_MS.replaced;
    }
    return null;
  }

  /** Reads what is new or changed until `deadline` (of `performance.now()`), the latest finds first. */
  async read(deadline: number): Promise<void> {
    await workThrough(PARALLEL, deadline, async () => {
      const entry = this.#queue.pop();
      if (entry === undefined) return false;
      entry.queued = false;
      const fresh = this.#isListed(entry) ? await readEntry(this.#place, entry) : null;
      if (fresh !== null) this.#show(entry, fresh.row);
      entry.stamp = fresh?.stamp ?? null;
      return true;
    });
  }

  /** Queues files that kept their name but not their content: looks at some at a time, at all of them in turn. */
  async sweep(): Promise<void> {
    const budget = this.#sweepLeft > 0 ? this.#sweepMs : SWEEP_MS.idle;
    let left = this.#entries.size;
    await workThrough(PARALLEL, performance.now() + budget, async () => {
      const entry = left > 0 ? this.#nextOfSweep() : undefined;
      if (entry === undefined) return false;
      left -= 1;
      this.#sweepLeft -= 1;
      if (await this.#isOutdated(entry)) this.#enqueue(entry);
      return true;
    });
  }

  /** Exchanges the row of a job for one that knows more. */
  amend(base: string, change: (row: JobRow) => JobRow): void {
    const entry = this.#entries.get(base);
    if (entry?.row) this.#show(entry, change(entry.row));
  }

  /** @returns whether names came or went */
  #compare(pairs: Pairs): boolean {
    const gone = [...this.#entries.values()].filter(({ base }) => !pairs.has(base));
    for (const entry of gone) this.#forget(entry);
    let isRenamed = gone.length > 0;
    for (const [base, pair] of pairs) {
      const known = this.#entries.get(base);
      if (known?.hasJob === pair.hasJob && known.hasResult === pair.hasResult) continue;
      this.#update(base, pair);
      isRenamed = true;
    }
    return isRenamed;
  }

  #update(base: string, pair: Pair): void {
    const entry = this.#entries.get(base) ?? {
      base,
      ...pair,
      stamp: null,
      row: null,
      queued: false,
    };
    this.#entries.set(base, Object.assign(entry, pair));
    this.#enqueue(entry);
  }

  #enqueue(entry: Entry): void {
    if (entry.queued) return;
    entry.queued = true;
    this.#queue.push(entry);
  }

  #show(entry: Entry, row: JobRow): void {
    if (!this.#isListed(entry)) return;
    if (entry.row !== null) this.#catalogue.remove(entry.row);
    entry.row = row;
    this.#catalogue.add(row);
  }

  #forget(entry: Entry): void {
    this.#entries.delete(entry.base);
    if (entry.row !== null) this.#catalogue.remove(entry.row);
  }

  #isListed(entry: Entry): boolean {
    return this.#entries.get(entry.base) === entry;
  }

  async #isOutdated(entry: Entry): Promise<boolean> {
    if (entry.stamp === null || entry.queued) return false;
    const path = join(/* turbopackIgnore: true */ this.#place.path, mainFileOf(entry));
    const stats = await statOf(path).catch(() => null);
    return stats !== null && stampOf(stats) !== entry.stamp;
  }

  #nextOfSweep(): Entry | undefined {
    const next = this.#sweep.next();
    if (next.done !== true) return next.value;
    this.#sweep = this.#entries.values();
    return this.#sweep.next().value;
  }
}
