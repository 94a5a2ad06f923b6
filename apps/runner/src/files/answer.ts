import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A question to something that may hang, such as a lost network share. It is never asked again while an earlier one is
 * unanswered: each holds one of the few threads that Node has for the file system.
 */
export class Answer<Value> {
  #pending: Promise<Value> | null = null;

  constructor(
    private readonly ask: () => Promise<Value>,
    private readonly seconds: number,
  ) {}

  /** The answer, or `null` when none comes within the time. @throws what the question throws. */
  async get(): Promise<Value | null> {
    this.#pending ??= this.ask().finally(() => (this.#pending = null));
    const timeout = new AbortController();
    const late = sleep(this.seconds * 1000, null, { signal: timeout.signal }).catch(() => null);
    try {
      return await Promise.race([this.#pending, late]);
    } finally {
      timeout.abort();
    }
  }
}
