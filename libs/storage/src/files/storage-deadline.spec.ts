import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  callStorage,
  NoAnswerError,
  StorageDeadline,
  unansweredPaths,
  withDeadline,
} from './storage-deadline.ts';
import { errorCode, errorFact, errorMessage } from './system-error.ts';

/** Answers after the test: what has no answer holds up whoever asks later, in other files too. */
const never = () => new Promise<void>((resolve) => pending.push(resolve));
const pending: (() => void)[] = [];
let number = 0;
const freshPath = () => `/share/${number++}`;

beforeEach(
  () =>
    void vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'performance'],
    }),
);
afterEach(async () => {
  for (const answer of pending.splice(0)) answer();
  await vi.advanceTimersByTimeAsync(0);
  vi.useRealTimers();
});

/** Outcome of a call that does not answer, after so many seconds. */
async function after(seconds: number, asked: Promise<unknown>): Promise<unknown> {
  let ended: unknown = 'waits';
  asked.then(
    (value) => (ended = value),
    (error: unknown) => (ended = error),
  );
  await vi.advanceTimersByTimeAsync(seconds * 1000);
  return ended;
}

describe('storage that answers', () => {
  it('gives its value, or throws what it throws', async () => {
    await expect(callStorage(freshPath(), async () => 7)).resolves.toBe(7);
    const refuse = async () => Promise.reject(new Error('no'));
    await expect(callStorage(freshPath(), refuse)).rejects.toThrow('no');
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('storage that does not answer', () => {
  it('is given up after the time of whoever asks', async () => {
    const asked = withDeadline(new StorageDeadline(5), () => callStorage(freshPath(), never));
    expect(await after(4.9, asked)).toBe('waits');
    expect(await after(0.2, asked)).toBeInstanceOf(NoAnswerError);
  });

  it('is waited for without a limit where the time is 0', async () => {
    const asked = withDeadline(new StorageDeadline(0), () => callStorage(freshPath(), never));
    expect(await after(1e6, asked)).toBe('waits');
  });

  it('is given up soon after a stop, whether it was asked before or after', async () => {
    const stop = new AbortController();
    const deadline = new StorageDeadline(900, stop.signal);
    const before = withDeadline(deadline, () => callStorage(freshPath(), never));
    expect(await after(100, before)).toBe('waits');
    stop.abort();
    const later = withDeadline(deadline, () => callStorage(freshPath(), never));
    later.catch(() => undefined);
    expect(await after(2.1, before)).toBeInstanceOf(NoAnswerError);
    expect(await after(0, later)).toBeInstanceOf(NoAnswerError);
    const aborted = withDeadline(new StorageDeadline(900, stop.signal), () =>
      callStorage(freshPath(), never),
    );
    expect(await after(2.1, aborted)).toBeInstanceOf(NoAnswerError);
  });

  it('is asked by thousands under one signal, which none of them listens to in the end', async () => {
    const stop = new AbortController();
    const add = vi.spyOn(stop.signal, 'addEventListener');
    const remove = vi.spyOn(stop.signal, 'removeEventListener');
    for (let job = 0; job < 1000; job++)
      await withDeadline(new StorageDeadline(5, stop.signal), () =>
        callStorage(freshPath(), async () => 7),
      );
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
    expect(remove).toHaveBeenCalledTimes(add.mock.calls.length);
  });

  it('is not asked again before it has answered', async () => {
    const path = freshPath();
    let answer: (value: string) => void = () => undefined;
    const late = () => new Promise<string>((resolve) => (answer = resolve));
    const deadline = new StorageDeadline(1);
    const ask = (call: () => Promise<string>) =>
      withDeadline(deadline, () => callStorage(path, call));
    expect(await after(1.1, ask(late))).toBeInstanceOf(NoAnswerError);
    expect(unansweredPaths()).toContain(path);
    const again = vi.fn<() => Promise<string>>(async () => 'there');
    await expect(ask(again)).rejects.toThrow(NoAnswerError);
    expect(again).not.toHaveBeenCalled();
    answer('late');
    await vi.advanceTimersByTimeAsync(1);
    expect(unansweredPaths()).not.toContain(path);
    await expect(ask(again)).resolves.toBe('there');
  });

  it('has what it opens too late closed', async () => {
    let open: (opened: { close(): Promise<void> }) => void = () => undefined;
    const opening = new Promise((resolve) => (open = resolve));
    const asked = withDeadline(new StorageDeadline(5), () =>
      callStorage(freshPath(), () => opening),
    );
    expect(await after(6, asked)).toBeInstanceOf(NoAnswerError);
    const close = vi.fn<() => Promise<void>>(async () => undefined);
    open({ close });
    await vi.waitFor(() => expect(close).toHaveBeenCalledOnce());
  });

  it('reads like an error of the system', () => {
    const error = new NoAnswerError('/share/a.mov');
    expect(errorCode(error)).toBe('ETIMEDOUT');
    expect(errorFact(error)).toBe('the storage does not answer');
    expect(errorMessage(error)).toBe('the storage does not answer ("/share/a.mov")');
  });
});
