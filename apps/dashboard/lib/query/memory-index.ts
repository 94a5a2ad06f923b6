import type { JobState } from '@app/jobspec/folder';
import type { WatchIndex } from '../live/watch-index.ts';
import type { FoundClip } from '../jobs/clip-row.ts';
import { undecidedJob, type JobFacts } from '../reading/found-job.ts';
import { batchOf } from '../store/batch.ts';
import { Database } from '../store/database.ts';
import { IndexWriter } from '../store/index-writer.ts';
import { PlaceStore } from '../store/place-store.ts';
import { SCHEMA } from '../store/schema.ts';

interface Job {
  folder?: string;
  state: JobState;
  base: string;
  facts?: Partial<JobFacts>;
  clips?: FoundClip[];
  /** Of a running job: how many of them its runner has made. */
  made?: number;
}

/** An index of these jobs, for tests of what is asked of it. */
export function memoryIndex(jobs: readonly Job[]): WatchIndex {
  const db = new Database(':memory:');
  db.exec(SCHEMA);
  const writer = new IndexWriter(db);
  for (const { folder = 'f', state, base, facts, clips = [], made } of jobs) {
    const found = undecidedJob(state, facts?.when ?? 0, null, null);
    const file = { base, hasJob: true, hasResult: true, stamp: '', waited: null, clips };
    const store = new PlaceStore(db, writer, { folder, state, path: `/${folder}/${state}` });
    store.put(batchOf(folder, state, [{ ...file, facts: { ...found.facts, ...facts } }]));
    if (made !== undefined) store.mark(base, made, facts?.when ?? 0);
    store.commit();
  }
  return {
    version: `memory-${(version += 1)}`,
    folders: [],
    folder: () => null,
    ask: (sql: string, ...values: (string | number | null)[]) => db.rows(sql, ...values),
  } as unknown as WatchIndex;
}

let version = 0;
