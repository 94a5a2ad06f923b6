import { setImmediate } from 'node:timers/promises';
import { NameSet } from '../names/name-set.ts';
import { namesOf } from '../reading/pair.ts';
import type { PlaceStore } from '../store/place-store.ts';

/** Compares a listing with the files that the index has. Of a million of them others get their turn in between. */
export class Comparison {
  readonly #store: PlaceStore;
  readonly #known = new NameSet();
  readonly #listed = new NameSet();
  #kept = 0;

  constructor(store: PlaceStore) {
    this.#store = store;
  }

  /** Takes in what the index has. */
  async begin(): Promise<void> {
    for (const pairs of this.#store.pairs()) {
      for (const name of pairs.flatMap(namesOf)) this.#known.add(name);
      await setImmediate();
    }
  }

  /** Takes a name of the listing. @returns whether the index has it */
  see(name: string): boolean {
    const isKnown = this.#known.has(name);
    if (this.#listed.add(name) && isKnown) this.#kept += 1;
    return isKnown;
  }

  end(): void {
    this.#known.free();
    this.#listed.free();
  }

  /** Jobs of which the listing lacked a file. */
  async unseen(): Promise<string[]> {
    const unseen: string[] = [];
    if (this.#kept === this.#known.size) return unseen;
    for (const pairs of this.#store.pairs()) {
      for (const pair of pairs)
        if (!namesOf(pair).every((name) => this.#listed.has(name))) unseen.push(pair.base);
      await setImmediate();
    }
    return unseen;
  }
}
