import { filesOf, pairOf, type Pair } from '../reading/pair.ts';

/** Jobs that wait to be read, the latest find first. */
export class ReadQueue {
  /** By the name of the job: which of its files are there. */
  readonly #waiting = new Map<string, number>();
  readonly #order: string[] = [];
  /** Jobs that the index does not have yet, those included that were taken and are not done. */
  readonly #fresh = new Set<string>();

  get size(): number {
    return this.#waiting.size;
  }

  /** How many jobs the index does not have yet. */
  get fresh(): number {
    return this.#fresh.size;
  }

  /** @param isKnown whether the index has it already */
  add(pair: Pair, isKnown: boolean): void {
    if (!isKnown) this.#fresh.add(pair.base);
    if (!this.#waiting.has(pair.base)) this.#order.push(pair.base);
    this.#waiting.set(pair.base, filesOf(pair));
  }

  /** Adds a file to a job that waits. @returns whether it does */
  addFile(base: string, file: number): boolean {
    const files = this.#waiting.get(base);
    if (files !== undefined) this.#waiting.set(base, files | file);
    return files !== undefined;
  }

  take(count: number): Pair[] {
    return this.#order
      .splice(-count)
      .toReversed()
      .map((base) => {
        const pair = pairOf(base, this.#waiting.get(base) ?? 0);
        this.#waiting.delete(base);
        return pair;
      });
  }

  /** Gives back what was taken, to be read another time. */
  putBack(pairs: readonly Pair[]): void {
    for (const pair of pairs) if (!this.#waiting.has(pair.base)) this.add(pair, true);
  }

  /** Says that these are in the index now, or are gone. */
  done(bases: readonly string[]): void {
    for (const base of bases) this.#fresh.delete(base);
  }
}
