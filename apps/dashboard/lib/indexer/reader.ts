import { parentPort } from 'node:worker_threads';
import { readJobs } from './read-jobs.ts';
import type { ToReader } from './reader-thread.ts';

/** A thread that looks at the files of one watch folder, in the order in which it is asked. */
let turn: Promise<void> = Promise.resolve();
parentPort?.on('message', ({ place, pairs, withinMs }: ToReader) => {
  turn = turn.then(async () => {
    const answer = await readJobs(place, pairs, withinMs);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window
    parentPort?.postMessage(answer);
  });
});
