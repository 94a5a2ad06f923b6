import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Pair } from '../reading/pair.ts';
import type { Place } from '../reading/read-entry.ts';
import type { ReadJobs } from './read-jobs.ts';

/** To read jobs, or to say when files were written. Many names are one text, which takes no time to hand over. */
export type ToReader = { withinMs: number } & (
  { place: Place; pairs: readonly Pair[] } | { path: string; names: string }
);

interface Asked {
  resolve: (answer: unknown) => void;
  reject: (error: unknown) => void;
}

/** Names of files hold none. */
export const BETWEEN_NAMES = '/';

/** Reads the files of one watch folder in a thread of its own, which may wait for storage and takes no time from writing. */
export class ReaderThread {
  #thread: Worker | null = null;
  readonly #asked: Asked[] = [];

  async read(place: Place, pairs: readonly Pair[], withinMs: number): Promise<ReadJobs> {
    return this.#ask<ReadJobs>({ place, pairs, withinMs });
  }

  async timesOf(path: string, names: readonly string[], withinMs: number): Promise<Float64Array> {
    return this.#ask<Float64Array>({ path, names: names.join(BETWEEN_NAMES), withinMs });
  }

  async #ask<T>(message: ToReader): Promise<T> {
    this.#thread ??= this.#start();
    const answer = new Promise<T>((resolve, reject) => {
      this.#asked.push({ resolve: resolve as Asked['resolve'], reject });
    });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window
    this.#thread.postMessage(message);
    return answer;
  }

  #start(): Worker {
    // It lies beside the program that this becomes a part of.
    const thread = new Worker(join(import.meta.dirname, 'reader.mjs'));
    thread.on('message', (answer) => this.#asked.shift()?.resolve(answer));
    thread.on('error', (error) => this.#asked.shift()?.reject(error));
    return thread;
  }
}
