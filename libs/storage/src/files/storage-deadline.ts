import { AsyncLocalStorage } from 'node:async_hooks';
import { withNames } from './system-error.ts';

/** Where nothing else is said, in seconds. */
export const USUAL_SECONDS = 60;
/** What is left for tidying up once somebody was told to stop, in seconds. */
const LAST_SECONDS = 2;
/** Timers can't be set for longer, in milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Paths whose storage has not answered so far, and how many calls wait for each. */
const unanswered = new Map<string, number>();

/**
 * How long whoever works under it waits for storage, and the signal that ends the waiting. It listens to the signal only while
 * somebody waits: a signal may outlive thousands of these.
 */
export class StorageDeadline {
  readonly #waits = new Set<() => void>();
  /** On the clock of `performance.now()`. */
  #end = Infinity;

  /** @param seconds for each call; 0 waits until the signal comes. */
  constructor(
    private readonly seconds: number,
    private readonly signal?: AbortSignal,
  ) {}

  /** Resolves with the call's value, or rejects when the storage does not answer in time. */
  wait<Value>(path: string, pending: Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const giveUp = () => {
        end();
        remember(path, pending);
        reject(new NoAnswerError(path));
      };
      // A process that was suspended finds its timers over before it has read any answer.
      const late = () => setImmediate(() => this.#waits.has(set) && giveUp());
      const set = () => {
        clearTimeout(timer);
        const left = Math.min(this.seconds > 0 ? this.seconds * 1000 : Infinity, this.#left());
        timer = left > LONGEST_TIMER ? undefined : setTimeout(late, left);
      };
      const end = () => {
        clearTimeout(timer);
        this.#waits.delete(set);
        if (this.#waits.size === 0) this.signal?.removeEventListener('abort', this.#hurry);
      };
      this.#waits.add(set);
      this.signal?.addEventListener('abort', this.#hurry);
      set();
      pending.then(resolve, reject).finally(end);
    });
  }

  #left(): number {
    if (this.signal?.aborted) this.#beginToHurry();
    return Math.max(0, this.#end - performance.now());
  }

  readonly #hurry = () => {
    this.#beginToHurry();
    for (const set of this.#waits) set();
  };

  #beginToHurry() {
    this.#end = Math.min(this.#end, performance.now() + LAST_SECONDS * 1000);
  }
}

/** Storage that did not answer in time: a share whose server is gone. It looks like an error of the system. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
  readonly code = 'ETIMEDOUT';

  constructor(readonly path: string) {
    super(`ETIMEDOUT: the storage does not answer, '${path}'`);
  }
}

const current = new AsyncLocalStorage<StorageDeadline>();

/** Everything that is awaited in here waits that long for storage. */
export function withDeadline<Value>(deadline: StorageDeadline, work: () => Value): Value {
  return current.run(deadline, work);
}

/** Does something whose calls are waited for no longer than so many seconds each, and no longer than a signal lets them. */
export function withinSeconds<Value>(
  seconds: number,
  work: () => Value,
  signal?: AbortSignal,
): Value {
  return withDeadline(new StorageDeadline(seconds, signal), work);
}

/**
 * Asks storage, with the patience of whoever asks. What hasn't answered is not asked again before it has: each question
 * holds one of the threads that Node has for the file system.
 *
 * @throws NoAnswerError; what the call throws.
 */
export async function answered<Value>(path: string, call: () => Promise<Value>): Promise<Value> {
  if (unanswered.has(path)) throw new NoAnswerError(path);
  return (current.getStore() ?? new StorageDeadline(USUAL_SECONDS)).wait(path, call());
}

export function isUnanswered(path: string): boolean {
  return unanswered.has(path);
}

/** Paths whose storage has not answered so far, the oldest first. */
export function unansweredPaths(): string[] {
  return [...unanswered.keys()].map(withNames);
}

function remember(path: string, pending: Promise<unknown>) {
  unanswered.set(path, (unanswered.get(path) ?? 0) + 1);
  const forget = () => {
    const rest = (unanswered.get(path) ?? 1) - 1;
    if (rest > 0) unanswered.set(path, rest);
    else unanswered.delete(path);
  };
  pending.then(forget, forget);
}
