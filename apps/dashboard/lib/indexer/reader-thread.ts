import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Pair } from '../reading/pair.ts';
import type { EntryPlace } from '../reading/read-entry.ts';
import type { ReadJobs } from './read-jobs.ts';

/** To read jobs. */
export interface ToReader {
  place: EntryPlace;
  pairs: readonly Pair[];
  withinMs: number;
}

interface Asked {
  resolve: (answer: ReadJobs) => void;
  reject: (error: unknown) => void;
}

/** A thread that looks at files. It starts when it is asked first. */
export class ReaderThread {
  #thread: Worker | null = null;
  readonly #asked: Asked[] = [];

  /** How many answers it owes. */
  get owed(): number {
    return this.#asked.length;
  }

  async ask(message: ToReader): Promise<ReadJobs> {
    this.#thread ??= this.#start();
    const answer = new Promise<ReadJobs>((resolve, reject) => {
      this.#asked.push({ resolve, reject });
    });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window
    this.#thread.postMessage(message);
    return answer;
  }

  /** Gives its memory back, unless it has something to do. */
  rest(): void {
    if (this.#asked.length > 0) return;
    void this.#thread?.terminate();
    this.#thread = null;
  }

  #start(): Worker {
    // It lies beside the program that this becomes a part of.
    const thread = new Worker(join(import.meta.dirname, 'reader.mjs'));
    thread.on('message', (answer: ReadJobs) => this.#asked.shift()?.resolve(answer));
    thread.on('error', (error) => this.#asked.shift()?.reject(error));
    return thread;
  }
}
