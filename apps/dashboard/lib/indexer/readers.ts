import type { Pair } from '../reading/pair.ts';
import type { EntryPlace } from '../reading/read-entry.ts';
import type { ReadJobs } from './read-jobs.ts';
import { ReaderThread, type ToReader } from './reader-thread.ts';

/**
 * Reads the files of one watch folder in threads of their own, which may wait for storage and take no time from writing.
 * The second one starts where the first has enough to do.
 */
export class Readers {
  readonly #first = new ReaderThread();
  readonly #second = new ReaderThread();
  #last: Promise<unknown> = Promise.resolve();

  async read(place: EntryPlace, pairs: readonly Pair[], withinMs: number): Promise<ReadJobs> {
    return this.#ask({ place, pairs, withinMs });
  }

  /** To be called when everything is read. */
  rest(): void {
    this.#second.rest();
  }

  /** Answers come in the order of what was asked: a job that changed meanwhile is asked for again, and that answer has to be the last. */
  async #ask(message: ToReader): Promise<ReadJobs> {
    const reader = this.#second.owed < this.#first.owed ? this.#second : this.#first;
    const inOrder = Promise.all([reader.ask(message), this.#last]);
    // Without its value: it would hold all answers before it.
    this.#last = inOrder.then(
      () => undefined,
      () => undefined,
    );
    const [answer] = await inOrder;
    return answer;
  }
}
