/** A job, and whether the index has it already. */
export interface Waiting {
  /** The name of the job without `.json`. */
  base: string;
  isKnown: boolean;
}

/** Jobs that wait to be read, the latest find first. */
export class ReadQueue {
  /** By the name of the job: whether the index has it already. */
  readonly #waiting = new Map<string, boolean>();
  #order: string[] = [];
  #fresh = 0;

  get size(): number {
    return this.#waiting.size;
  }

  /** How many jobs the index does not have yet: those that wait, and those that were taken and are not done. */
  get fresh(): number {
    return this.#fresh;
  }

  add(base: string, isKnown: boolean): void {
    if (this.#waiting.has(base)) return;
    this.#waiting.set(base, isKnown);
    this.#order.push(base);
    if (!isKnown) this.#fresh += 1;
  }

  take(): Waiting | undefined {
    const base = this.#order.pop();
    if (base === undefined) return undefined;
    const isKnown = this.#waiting.get(base) ?? true;
    this.#waiting.delete(base);
    return { base, isKnown };
  }

  /** Says that what was taken is in the index now, or is gone. */
  done({ isKnown }: Pick<Waiting, 'isKnown'>): void {
    if (!isKnown) this.#fresh -= 1;
  }

  /** Gives back what was taken, to be read another time. */
  putBack(job: Waiting): void {
    this.add(job.base, job.isKnown);
    this.done(job);
  }
}
