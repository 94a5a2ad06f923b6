import { compareNames } from '@app/jobspec/folder';
import { MOST_REMEMBERED } from '../claim/index.ts';

/**
 * The jobs that were looked at in this pass and not taken. Of a hostile folder's the first are named; of the rest the number is known
 * and the first and last name, and what comes between these counts as looked at too.
 */
export class PassedOver {
  #names = new Set<string>();
  #others = 0;
  #range: { first: string; last: string } | null = null;
  #isWaiting = false;

  get names(): Iterable<string> {
    return this.#names;
  }

  /** How many there are beside those that are named. */
  get others(): number {
    return this.#others;
  }

  /** Whether some of them may be taken later by themselves: their writer is at work, or their name is busy. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  add(name: string, isWaiting: boolean): void {
    this.#isWaiting ||= isWaiting;
    if (this.#names.size < MOST_REMEMBERED) {
      this.#names.add(name);
      return;
    }
    this.#others++;
    const { first, last } = (this.#range ??= { first: name, last: name });
    this.#range = {
      first: compareNames(name, first) < 0 ? name : first,
      last: compareNames(name, last) > 0 ? name : last,
    };
  }

  /** Says whether a name on offer was looked at in this pass. To be asked once of each that a scan has found. */
  has(name: string): boolean {
    if (this.#names.has(name)) return true;
    const range = this.#range;
    if (range === null || compareNames(name, range.first) < 0) return false;
    if (compareNames(name, range.last) > 0) return false;
    this.#others++;
    return true;
  }

  /** The pass goes on with what another scan has found, which is counted anew. */
  goOn(isGone: (name: string) => boolean): void {
    for (const name of this.#names) if (isGone(name)) this.#names.delete(name);
    this.#others = 0;
  }

  /** A new pass begins. */
  clear(): void {
    this.#names = new Set();
    this.#others = 0;
    this.#range = null;
    this.#isWaiting = false;
  }
}
