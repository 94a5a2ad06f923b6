import { AsyncLocalStorage } from 'node:async_hooks';
import { withNames, withSystemName } from './system-error.ts';

/** Default limit of a call, in seconds. */
export const USUAL_SECONDS = 60;
/** Time left to all calls after the signal, for cleaning up, in seconds. */
const LAST_SECONDS = 2;
/** Longest delay of a timer, in milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Number of unanswered calls by path. */
const unanswered = new Map<string, number>();

/**
 * Time limit for calls to storage, and a signal after which all waits end within two seconds. Listens to the signal
 * only during a wait, because a signal may outlive thousands of deadlines.
 */
export class StorageDeadline {
  readonly #waits = new Set<() => void>();
  /** When all waits must end, on the `performance.now()` clock. */
  #end = Infinity;

  /**
   * @param seconds limit of each call; 0 for no limit until the signal. After the signal each call has 2 s left at
   * most.
   */
  constructor(
    private readonly seconds: number,
    private readonly signal?: AbortSignal,
  ) {}

  /** Resolves with the call's value, or rejects if storage doesn't answer in time. */
  wait<Value>(path: string, pending: Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const giveUp = () => {
        end();
        remember(path, pending);
        reject(new NoAnswerError(path));
      };
      // After the process was suspended, timers fire before answers that have arrived are read.
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
      pending.then(resolve, (error: unknown) => reject(withSystemName(error))).finally(end);
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

/** Storage didn't answer in time, such as a share whose server is gone. Has the form of a system error. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
  readonly code = 'ETIMEDOUT';

  constructor(readonly path: string) {
    super(`ETIMEDOUT: the storage does not answer, '${path}'`);
  }
}

const current = new AsyncLocalStorage<StorageDeadline>();

/** Applies a deadline to all storage calls awaited in `work`. */
export function withDeadline<Value>(deadline: StorageDeadline, work: () => Value): Value {
  return current.run(deadline, work);
}

/** Limits each storage call in `work` to `seconds`, and to 2 s after a signal. */
export function withinSeconds<Value>(
  seconds: number,
  work: () => Value,
  signal?: AbortSignal,
): Value {
  return withDeadline(new StorageDeadline(seconds, signal), work);
}

/**
 * Calls storage under the current deadline. A path that hasn't answered isn't asked again until it has: each call blocks one of
 * Node's threads for the file system. What is opened after its deadline is closed: nobody else can.
 *
 * @throws NoAnswerError; errors of the call.
 */
export async function callStorage<Value>(path: string, call: () => Promise<Value>): Promise<Value> {
  if (unanswered.has(path)) throw new NoAnswerError(path);
  return (current.getStore() ?? new StorageDeadline(USUAL_SECONDS)).wait(path, call());
}

export function isUnanswered(path: string): boolean {
  return unanswered.has(path);
}

/** Paths whose storage hasn't answered yet, oldest first. */
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
  pending.then((value) => {
    forget();
    if (isClosable(value)) void value.close().catch(() => undefined);
  }, forget);
}

function isClosable(value: unknown): value is { close(): Promise<unknown> } {
  return typeof value === 'object' && value !== null && 'close' in value;
}
