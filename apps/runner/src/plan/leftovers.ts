import { LEFTOVER_WORDS, type Leftover } from '@app/engines';

/** As many of each kind as are named. */
const MOST_NAMED = 3;

/** Counts what is left out by its kind. */
export class Leftovers {
  readonly #counts = new Map<Leftover, { count: number; first: string[] }>();

  add(kind: Leftover, path: string) {
    const entry = this.#counts.get(kind) ?? { count: 0, first: [] };
    entry.count += 1;
    if (entry.first.length < MOST_NAMED) entry.first.push(path);
    this.#counts.set(kind, entry);
  }

  /** How many there are of each kind that there is, in the order in which people are told, and the first of them. */
  entries(): { kind: Leftover; count: number; words: string; first: readonly string[] }[] {
    return (Object.keys(LEFTOVER_WORDS) as Leftover[]).flatMap((kind) => {
      const entry = this.#counts.get(kind);
      if (entry === undefined) return [];
      return [{ kind, ...entry, words: LEFTOVER_WORDS[kind][entry.count === 1 ? 0 : 1] }];
    });
  }
}
