import { setImmediate } from 'node:timers/promises';
import { filesOf, fileOf, type Pair } from '../reading/pair.ts';
import type { PlaceStore } from '../store/place-store.ts';

/** What a listing shows, against what the index has. */
export interface Difference {
  /** Jobs that the index does not have, with their files. */
  fresh: Map<string, number>;
  /** Jobs of which the index has other files. */
  doubtful: string[];
}

/** Compares a listing with the files that the index has. Of many of them others get their turn in between. */
export class Comparison {
  readonly #listed = new Map<string, number>();

  /** Takes a name of the listing. */
  see(found: NonNullable<ReturnType<typeof fileOf>>): void {
    this.#listed.set(found.base, (this.#listed.get(found.base) ?? 0) | found.file);
  }

  async with(store: PlaceStore): Promise<Difference> {
    const doubtful: string[] = [];
    for (const pairs of store.pairs()) {
      for (const pair of pairs) if (!this.#agrees(pair)) doubtful.push(pair.base);
      await setImmediate();
    }
    return { fresh: this.#listed, doubtful };
  }

  /** What is left afterwards is new. */
  #agrees(pair: Pair): boolean {
    const files = this.#listed.get(pair.base);
    this.#listed.delete(pair.base);
    return files === filesOf(pair);
  }
}
