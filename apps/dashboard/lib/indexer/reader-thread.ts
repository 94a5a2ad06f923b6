import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Pair } from '../reading/pair.ts';
import type { Place } from '../reading/read-entry.ts';

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

/** A thread that looks at files. It starts when it is asked first. */
export class ReaderThread {
  #thread: Worker | null = null;
  readonly #asked: Asked[] = [];

  /** How many answers it owes. */
  get owed(): number {
    return this.#asked.length;
  }

  async ask<T>(message: ToReader): Promise<T> {
    this.#thread ??= this.#start();
    const answer = new Promise<T>((resolve, reject) => {
      this.#asked.push({ resolve: resolve as Asked['resolve'], reject });
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
    thread.on('message', (answer) => this.#asked.shift()?.resolve(answer));
    thread.on('error', (error) => this.#asked.shift()?.reject(error));
    return thread;
  }
}
