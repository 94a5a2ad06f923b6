import { join } from 'node:path';
import { mainFileOf } from '../reading/read-entry.ts';
import { stampNow } from '../reading/read-listed-file.ts';
import type { Pair } from '../reading/pair.ts';
import type { PlaceStore, StoredStamp } from '../store/place-store.ts';
import { workThrough } from './work-through.ts';

const PARALLEL = 16;
const PAGE = 200;
/**
 * How long a sweep may look for changed contents: while the folder stands still, after names came or went, and after it
 * changed although the names are the same, which is what a file that takes the place of another leaves behind.
 */
const BUDGET_MS = { idle: 2, changed: 60, replaced: 250 };

/** Looks for files that kept their name but not their content: at some at a time, at all of them in turn. */
export class Sweep {
  readonly #path: string;
  readonly #store: PlaceStore;
  #page: StoredStamp[] = [];
  #after = '';
  #left = 0;
  #pace: keyof typeof BUDGET_MS = 'idle';

  constructor(path: string, store: PlaceStore) {
    this.#path = path;
    this.#store = store;
  }

  get isSearching(): boolean {
    return this.#left > 0 && this.#pace === 'replaced';
  }

  /** Something happened to the folder: all of it is looked at once, at this pace. */
  expect(pace: 'changed' | 'replaced'): void {
    this.#pace = pace;
    this.#left = this.#store.count;
  }

  /** @returns the jobs whose main file is another one now */
  async next(): Promise<Pair[]> {
    const outdated: Pair[] = [];
    const budget = this.#left > 0 ? BUDGET_MS[this.#pace] : BUDGET_MS.idle;
    let most = this.#store.count;
    await workThrough(PARALLEL, performance.now() + budget, async () => {
      const stored = most > 0 ? this.#take() : undefined;
      if (stored === undefined) return false;
      most -= 1;
      this.#left -= 1;
      const stamp = await stampNow(join(this.#path, mainFileOf(stored)));
      if (stamp !== null && stamp !== stored.stamp) outdated.push(stored);
      return true;
    });
    return outdated;
  }

  #take(): StoredStamp | undefined {
    if (this.#page.length === 0) {
      this.#page = this.#store.stamps(this.#after, PAGE).toReversed();
      this.#after = this.#page[0]?.base ?? '';
    }
    return this.#page.pop();
  }
}
