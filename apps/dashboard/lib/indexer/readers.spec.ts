import { EventEmitter } from 'node:events';
import { beforeEach, expect, it, vi } from 'vitest';
import type { Place } from '../reading/read-entry.ts';
import { Readers } from './readers.ts';

/** Threads that answer when the test says so. */
const threads: Thread[] = [];
class Thread extends EventEmitter {
  isEnded = false;
  readonly asked: unknown[] = [];

  constructor() {
    super();
    threads.push(this);
  }

  postMessage(message: unknown): void {
    this.asked.push(message);
  }

  async terminate(): Promise<void> {
    this.isEnded = true;
    return Promise.resolve();
  }
}
vi.mock('node:worker_threads', () => ({
  Worker: class {
    constructor() {
      return new Thread();
    }
  },
}));
beforeEach(() => threads.splice(0));

const place: Place = { folder: 'f', state: 'completed', path: '/f/completed' };
const read = async (readers: Readers) => readers.read(place, [], 1000);

it('starts a second thread only where the first has something to do', async () => {
  const readers = new Readers();
  const first = read(readers);
  threads[0]?.emit('message', 'one');
  await first;
  const second = read(readers);
  threads[0]?.emit('message', 'two');
  await second;
  expect(threads).toHaveLength(1);
  void read(readers);
  void read(readers);
  expect(threads).toHaveLength(2);
});

it('gives answers in the order of what was asked', async () => {
  const readers = new Readers();
  const given: unknown[] = [];
  const all = [1, 2, 3].map(async () => given.push(await read(readers)));
  threads[1]?.emit('message', 'second');
  threads[0]?.emit('message', 'first');
  threads[0]?.emit('message', 'third');
  await Promise.all(all);
  expect(given).toEqual(['first', 'second', 'third']);
});

it('goes on after a thread that failed', async () => {
  const readers = new Readers();
  const [failed, other] = [read(readers), read(readers)];
  threads[1]?.emit('message', 'second');
  threads[0]?.emit('error', new Error('out of memory'));
  await expect(failed).rejects.toThrow('out of memory');
  await expect(other).resolves.toBe('second');
});

it('ends the second thread when it rests, and never one that owes an answer', async () => {
  const readers = new Readers();
  const [first, second] = [read(readers), read(readers)];
  readers.rest();
  expect(threads.map(({ isEnded }) => isEnded)).toEqual([false, false]);
  for (const thread of threads) thread.emit('message', 'done');
  await Promise.all([first, second]);
  readers.rest();
  expect(threads.map(({ isEnded }) => isEnded)).toEqual([false, true]);
});
