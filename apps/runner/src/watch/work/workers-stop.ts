import { setMaxListeners } from 'node:events';
import { StorageDeadline, withDeadline } from '../../files/index.ts';

/** What ends the work of all workers at once, and what they wait for storage with. */
export class WorkersStop {
  readonly #stop = new AbortController();
  /** One for all jobs: a signal that lives as long as the runner would keep a listener of each. */
  readonly #patience: StorageDeadline;

  /** @param answerSeconds how long storage may take to answer. */
  constructor(answerSeconds: number) {
    // Every program of every worker listens; Node takes more than ten for a leak.
    setMaxListeners(0, this.signal);
    this.#patience = new StorageDeadline(answerSeconds, this.signal);
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  begin(): void {
    this.#stop.abort();
  }

  /** Works with storage that may not answer; the stop ends the waiting too. */
  patiently<Value>(work: () => Promise<Value>): Promise<Value> {
    return withDeadline(this.#patience, work);
  }
}
