import { parentPort } from 'node:worker_threads';
import { readJobs } from './read-jobs.ts';
import { BETWEEN_NAMES, type ToReader } from './reader-thread.ts';
import { timesOf } from './times-of.ts';

/** A thread that looks at the files of one watch folder, in the order in which it is asked. */
let turn: Promise<void> = Promise.resolve();
parentPort?.on('message', (asked: ToReader) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window
  turn = turn.then(async () => parentPort?.postMessage(await answerTo(asked)));
});

async function answerTo(asked: ToReader): Promise<unknown> {
  return 'path' in asked
    ? timesOf(asked.path, asked.names.split(BETWEEN_NAMES), asked.withinMs)
    : readJobs(asked.place, asked.pairs, asked.withinMs);
}
