import { NO_CLIPS } from '../jobs/clip-row.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NO_RUNNER, type RunnerState } from '../jobs/folder-view.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { undecidedJob } from '../reading/found-job.ts';
import { batchOf } from '../store/batch.ts';
import { Database } from '../store/database.ts';
import { IndexWriter } from '../store/index-writer.ts';
import { PlaceStore } from '../store/place-store.ts';
import { SCHEMA } from '../store/schema.ts';
import { countSoFar } from './clips-at-work.ts';
import { DEFAULT_QUERY } from './job-query.ts';
import { cliplessJobs } from './clipless-jobs.ts';
import { selectClips } from './select-clips.ts';

let db: Database;
let writer: IndexWriter;
let version = 0;

beforeEach(() => {
  db = new Database(':memory:');
  db.exec(SCHEMA);
  writer = new IndexWriter(db);
});

afterEach(() => db.close());

/** Jobs as their JobSpecs tell them, each of so many clips; `null` for one that nobody can read. */
function put(
  state: 'running' | 'failed' | 'completed',
  jobs: Record<string, number | null>,
  at = 1,
) {
  const store = new PlaceStore(db, writer, { folder: 'f', state, path: `/f/${state}` });
  const entries = Object.entries(jobs).map(([base, clips]) => {
    const sources = Array.from({ length: clips ?? 0 }, (_, clip) => `/card/${base}-${clip}.mov`);
    const spec = clips === null ? null : { job_id: null, sources, kind: 'h264 mp4 half' };
    const found = undecidedJob(state, at, spec, null);
    const entry = { base, hasJob: true, hasResult: false, stamp: '', waited: null };
    return Object.assign(entry, found);
  });
  store.put(batchOf('f', state, entries));
  store.commit();
}

/** The index beside a runner that is at the third of the clips of `a.json`. */
function indexWith(state: RunnerState): WatchIndex {
  const active = [{ name: 'a.json', clip: 3 }];
  const folder = { name: 'f', runner: { ...NO_RUNNER, state, active } };
  version += 1;
  const index = {
    version: String(version),
    folders: [folder],
    folder: () => folder,
    ask: (sql: string, ...values: (string | number | null)[]) => db.rows(sql, ...values),
  };
  return index as unknown as WatchIndex;
}

describe('the clips of running jobs', () => {
  it.each<[RunnerState, object, string[]]>([
    ['running', { through: 2, waiting: 2, not_known: 2 }, ['RUNNING', 'WAITING']],
    ['silent', { through: 2, waiting: 0, not_known: 4 }, ['UNKNOWN', 'UNKNOWN']],
    ['ended', { through: 2, waiting: 0, not_known: 4 }, ['UNKNOWN', 'UNKNOWN']],
  ])('are summed up as their rows say: %s', (state, sums, open) => {
    put('running', { a: 4, b: 2 });
    const index = indexWith(state);
    const view = selectClips(index, DEFAULT_QUERY);
    expect(view.sums).toMatchObject({ total: 6, ...sums });
    const ofJob = view.rows.filter(({ job }) => job === 'a.json');
    const inOrder = ofJob.toSorted((a, b) => a.index - b.index).map(({ status }) => status);
    expect(inOrder).toEqual(['COMPLETED', 'COMPLETED', ...open]);
    const others = view.rows.filter(({ job }) => job === 'b.json');
    expect(others.map(({ status }) => status)).toEqual(['UNKNOWN', 'UNKNOWN']);
    const kept = { ...NO_CLIPS, total: 6, not_made: 6, waiting: 6 };
    countSoFar(index, DEFAULT_QUERY, kept, new Map());
    expect(kept).toEqual(view.sums);
  });
});

describe('jobs that failed before their clips were known', () => {
  const clipless = (query: object = {}) =>
    selectClips(indexWith('running'), { ...DEFAULT_QUERY, ...query }).clipless;

  it('are counted beside the clips of a view', () => {
    put('failed', { typo: null, empty: 0, known: 2 });
    put('running', { other: null });
    expect(clipless()).toBe(2);
    expect(clipless({ q: 'typo' })).toBe(1);
    expect(clipless({ state: 'running' })).toBe(0);
    expect(clipless({ state: 'failed', folder: 'f' })).toBe(2);
    const named = cliplessJobs(indexWith('running'), { ...DEFAULT_QUERY, q: 'typo' }, 10);
    expect(named.map(({ name }) => name)).toEqual(['typo.json']);
  });

  it('are nobody’s business once a job of the same name came through', () => {
    put('failed', { typo: null });
    put('completed', { typo: 1 }, 2);
    expect(clipless()).toBe(0);
  });
});
