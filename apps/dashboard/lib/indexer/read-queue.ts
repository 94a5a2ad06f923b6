/** Jobs that wait to be read, the latest find first. */
export class ReadQueue {
  /** By the name of the job: whether the index has it already. */
  readonly #waiting = new Map<string, boolean>();
  #order: string[] = [];
  #fresh = 0;

  get size(): number {
    return this.#waiting.size;
  }

  /** How many of them the index does not have yet. */
  get fresh(): number {
    return this.#fresh;
  }

  add(base: string, isKnown: boolean): void {
    if (this.#waiting.has(base)) return;
    this.#waiting.set(base, isKnown);
    this.#order.push(base);
    if (!isKnown) this.#fresh += 1;
  }

  take(): { base: string; isKnown: boolean } | undefined {
    const base = this.#order.pop();
    if (base === undefined) return undefined;
    const isKnown = this.#waiting.get(base) ?? true;
    this.#waiting.delete(base);
    if (!isKnown) this.#fresh -= 1;
    return { base, isKnown };
  }
}
