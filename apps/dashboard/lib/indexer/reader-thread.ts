import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Pair } from '../reading/pair.ts';
import type { Place } from '../reading/read-entry.ts';
import type { ReadJobs } from './read-jobs.ts';

export interface ToReader {
  place: Place;
  pairs: readonly Pair[];
  withinMs: number;
}

interface Asked {
  resolve: (read: ReadJobs) => void;
  reject: (error: unknown) => void;
}

/** Reads the files of one watch folder in a thread of its own, which may wait for storage and takes no time from writing. */
export class ReaderThread {
  #thread: Worker | null = null;
  readonly #asked: Asked[] = [];

  async read(place: Place, pairs: readonly Pair[], withinMs: number): Promise<ReadJobs> {
    this.#thread ??= this.#start();
    const answer = new Promise<ReadJobs>((resolve, reject) => {
      this.#asked.push({ resolve, reject });
    });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window
    this.#thread.postMessage({ place, pairs, withinMs } satisfies ToReader);
    return answer;
  }

  #start(): Worker {
    // It lies beside the program that this becomes a part of.
    const thread = new Worker(join(import.meta.dirname, 'reader.mjs'));
    thread.on('message', (read: ReadJobs) => this.#asked.shift()?.resolve(read));
    thread.on('error', (error) => this.#asked.shift()?.reject(error));
    return thread;
  }
}
