import type { FromIndexer, ToIndexer } from '../jobs/messages.ts';
import { isDamage } from '../store/database.ts';
import { openIndex, removeIndex } from '../store/open-index.ts';
import { Indexer } from './indexer.ts';
import { endWithParent } from './parent-watch.ts';

/** A process of its own: reading a million results takes no time from those who ask. It ends with the server. */
process.once('disconnect', () => process.exit(0));
endWithParent();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => {});
process.once('message', (settings: ToIndexer) => void start(settings));

async function start({ folders, dataDirectory }: ToIndexer): Promise<void> {
  let path: string | null = null;
  try {
    const opened = openIndex(dataDirectory, JSON.stringify(folders));
    ({ path } = opened);
    tell({ kind: 'opened', path });
    await new Indexer(opened.db, folders, (snapshot) => tell({ kind: 'news', snapshot })).run();
  } catch (error) {
    if (path !== null && isDamage(error)) removeIndex(path);
    const message = error instanceof Error ? error.message : String(error);
    process.send?.(
      { kind: 'failed', isDamaged: isDamage(error), message } satisfies FromIndexer,
      () => process.exit(1),
    );
  }
}

function tell(message: FromIndexer): void {
  process.send?.(message);
}
