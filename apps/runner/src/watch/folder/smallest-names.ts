import { compareNames } from '@app/jobspec/folder';

/** Collects names and keeps those that come first in Unicode code point order: memory doesn't grow with what is added. */
export class SmallestNames {
  #kept: string[] = [];
  #total = 0;
  #largest = '';
  /** Names from here on can't be among the first any more. */
  #limit: string | null = null;

  /** @param capacity how many are kept. */
  constructor(private readonly capacity: number) {}

  /** How many were added. */
  get total(): number {
    return this.#total;
  }

  /** The last of all in order, whether it was kept or not; empty when none was added. */
  get largest(): string {
    return this.#largest;
  }

  add(name: string): void {
    this.#total++;
    if (compareNames(name, this.#largest) > 0) this.#largest = name;
    if (this.#limit !== null && compareNames(name, this.#limit) >= 0) return;
    this.#kept.push(name);
    if (this.#kept.length >= 2 * this.capacity) this.#shorten();
  }

  /** The first ones, in order. */
  take(): string[] {
    this.#shorten();
    return this.#kept;
  }

  #shorten() {
    this.#kept = this.#kept.sort(compareNames).slice(0, this.capacity);
    if (this.#kept.length === this.capacity) this.#limit = this.#kept.at(-1) ?? null;
  }
}
