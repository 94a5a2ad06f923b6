import type { Sql } from 'sql-template-tag';
import { NO_INVENTORY, type FolderView } from '../lib/index/folder-view.ts';
import type { FoundClip, PlaceState } from '../lib/index/clip-row.ts';
import type { WatchIndex } from '../lib/index/watch-index.ts';
import type { JobFacts } from '../lib/index/job-row.ts';
import { jobWithoutResult } from '../lib/indexer/found-job.ts';
import { batchOf } from '../lib/indexer/batch.ts';
import { Database, type Value } from '../lib/index/database.ts';
import { IndexWriter } from '../lib/indexer/index-writer.ts';
import { LATE_INDEXES, SCHEMA } from '../lib/index/schema.ts';

interface Job {
  state: PlaceState;
  base: string;
  facts?: Partial<JobFacts>;
  clips?: FoundClip[];
}

let version = 0;

/** Index in memory for tests of queries, with jobs of the folder `f` in the order in which they are read. @param media cards and folders of which every clip is listed */
export function memoryIndex(jobs: readonly Job[], media: readonly string[] = []): WatchIndex {
  const db = new Database(':memory:');
  db.exec(SCHEMA);
  const writer = new IndexWriter(db);
  for (const { state, base, facts, clips = [] } of jobs) {
    const found = jobWithoutResult('completed', facts?.when ?? 0, null, null);
    const file = { base, hasJob: true, hasResult: true, stamp: '', clips };
    const batch = batchOf('f', state, [{ ...file, facts: { ...found.facts, ...facts } }]);
    writer.put(writer.place('f', state).id, batch);
    writer.commit();
  }
  db.exec(LATE_INDEXES);
  version += 1;
  return {
    version: `memory-${version}`,
    folders: [{ inventory: { ...NO_INVENTORY, media } } satisfies Partial<FolderView>],
    folder: () => null,
    ask: ({ sql, values }: Sql) => db.rows(sql, ...(values as Value[])),
  } as unknown as WatchIndex;
}
