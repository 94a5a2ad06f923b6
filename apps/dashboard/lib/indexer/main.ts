import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { FromIndexer, ToIndexer } from '../index/folder-view.ts';
import { IndexWriter } from './index-writer.ts';
import { connect } from '../index/database.ts';
import { LATE_INDEXES } from '../index/schema.ts';
import { FolderIndexer } from './folder-indexer.ts';

/** Pause between two passes. Not zero while busy, so that a file that keeps changing doesn't take a whole core. */
const PAUSE_MS = { rest: 250, busy: 20 };

/** Worker thread that reads the watch folders in turn. It may block on storage; an error of the index ends it. */
try {
  await follow(workerData as ToIndexer);
} catch (error) {
  // libsql's errors lose their message when cloned to another thread.
  const { message, code } = error as NodeJS.ErrnoException;
  throw Object.assign(new Error(message), { code });
}

async function follow({ path, folders }: ToIndexer): Promise<never> {
  const db = connect(path);
  const writer = new IndexWriter(db);
  const indexers = folders.map((folder) => new FolderIndexer(folder, writer));
  let hasLateIndexes = false;
  for (;;) {
    for (const folder of indexers) {
      post({ reading: folder.name });
      const view = await folder.pass();
      writer.commit();
      post({ view, revision: writer.revision });
    }
    post({ reading: null });
    const isBusy = indexers.some((folder) => folder.isBusy);
    if (!isBusy && !hasLateIndexes) db.exec(LATE_INDEXES);
    hasLateIndexes ||= !isBusy;
    await sleep(isBusy ? PAUSE_MS.busy : PAUSE_MS.rest);
  }
}

function post(message: FromIndexer): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window
  parentPort?.postMessage(message);
}
