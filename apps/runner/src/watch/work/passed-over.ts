import { MOST_REMEMBERED } from '../claim/index.ts';

/** The jobs that were looked at since the last scan and not taken. Of a hostile folder's the first are named, the rest is counted. */
export class PassedOver {
  #names: string[] = [];
  #others = 0;
  #isWaiting = false;

  get names(): readonly string[] {
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
    if (this.#names.length < MOST_REMEMBERED) this.#names.push(name);
    else this.#others++;
    this.#isWaiting ||= isWaiting;
  }

  clear(): void {
    this.#names = [];
    this.#others = 0;
    this.#isWaiting = false;
  }
}
