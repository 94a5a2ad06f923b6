import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClipStatus } from '../jobs/clip-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { unmadeClip } from '../reading/found-clip.ts';
import { undecidedJob, type JobFacts } from '../reading/found-job.ts';
import { batchOf } from '../store/batch.ts';
import { Database } from '../store/database.ts';
import { IndexWriter } from '../store/index-writer.ts';
import { PlaceStore } from '../store/place-store.ts';
import { LATE_INDEXES, SCHEMA } from '../store/schema.ts';
import { DEFAULT_QUERY } from './job-query.ts';
import { jobNamed } from './job-rows.ts';
import { firstClips, isMadeGood } from './report-clips.ts';
import { selectClips } from './select-clips.ts';
import { decidersOfPlaces } from './standings.ts';

let db: Database;
let stores: Record<string, PlaceStore>;
let index: WatchIndex;
let version = 0;

beforeEach(() => {
  db = new Database(':memory:');
  db.exec(SCHEMA + LATE_INDEXES);
  const writer = new IndexWriter(db);
  const storeOf = (folder: string, state: 'completed' | 'failed') =>
    new PlaceStore(db, writer, { folder, state, path: `/${folder}/${state}` });
  stores = {
    completed: storeOf('day', 'completed'),
    failed: storeOf('day', 'failed'),
    elsewhere: storeOf('night', 'completed'),
  };
  version += 1;
  index = {
    version: `standings ${version}`,
    ask: (sql: string, ...values: (string | number)[]) => db.rows(sql, ...values),
    folders: [],
    folder: () => null,
  } as unknown as WatchIndex;
});

afterEach(() => db.close());

const at = (day: number) => new Date(2026, 10, day, 12).getTime();

/** A job that ended on a day of November, with what became of its clips. */
function put(
  place: string,
  base: string,
  day: number,
  clips: Record<string, ClipStatus>,
  of: Partial<JobFacts> = {},
) {
  const state = place === 'failed' ? 'failed' : 'completed';
  const { facts } = undecidedJob(state, at(day), { job_id: base, sources: [], kind: 'a' }, null);
  const found = Object.entries(clips).map(([name, status]) => {
    const output_path = status === 'COMPLETED' ? `/proxies/${base}/${name}.mov` : '';
    return Object.assign(unmadeClip(`/card/${name}.mov`, status, at(day), null), { output_path });
  });
  const job = { ...facts, ...of };
  const entry = { base, hasJob: true, hasResult: true, stamp: '', waited: null, facts: job };
  stores[place]?.put(batchOf('day', state, [{ ...entry, clips: found }]));
}

const sumsOf = (query: object) => {
  const { total, through, failed, not_made, elsewhere } = selectClips(index, {
    ...DEFAULT_QUERY,
    ...query,
  }).sums;
  return { total, through, failed, not_made, elsewhere };
};

/** Three clips on the 25th: made, failed and not begun; the rest was made on the 26th, in another watch folder. */
function twoDays(): void {
  put('failed', 'first', 25, { C001: 'COMPLETED', C002: 'FAILED', C003: 'NOT_MADE' });
  put('elsewhere', 'second', 26, { C002: 'COMPLETED', C003: 'COMPLETED' });
}

describe('the sums of a view', () => {
  it('of a day are as it ended, whatever was made since', () => {
    twoDays();
    const asItEnded = { total: 3, through: 1, failed: 1, not_made: 1, elsewhere: 0 };
    expect(sumsOf({ day: '2026-11-25' })).toEqual(asItEnded);
    expect(sumsOf({ day: '2026-11-26' })).toMatchObject({ total: 2, through: 2, elsewhere: 0 });
    expect(sumsOf({})).toMatchObject({ total: 3, through: 3, failed: 0, elsewhere: 0 });
    const failed = { day: '2026-11-25', clip_state: 'failed' };
    expect(sumsOf(failed)).toMatchObject({ total: 1, failed: 1 });
    expect(sumsOf({ clip_state: 'failed' })).toMatchObject({ total: 0 });
  });

  it('of a job or a folder leave out no proxy that was decided elsewhere, and say how many', () => {
    twoDays();
    const through = { total: 3, through: 3, failed: 0, not_made: 0, elsewhere: 2 };
    expect(sumsOf({ q: 'first.json' })).toEqual(through);
    expect(sumsOf({ folder: 'day' })).toEqual(through);
    expect(sumsOf({ folder: 'night' })).toMatchObject({ total: 2, elsewhere: 0 });
    const wide = decidersOfPlaces(index, { ...DEFAULT_QUERY, folder: 'day' });
    expect(wide.map(({ status }) => status)).toEqual([5, 5]);
  });

  it('count a proxy once that several attempts of the view asked for', () => {
    put('failed', 'a1', 24, { C001: 'FAILED' });
    put('failed', 'a2', 25, { C001: 'NOT_MADE' });
    put('completed', 'b', 26, { C001: 'COMPLETED' });
    expect(sumsOf({ q: 'a' })).toMatchObject({ total: 1, through: 1, elsewhere: 0 });
    expect(sumsOf({ state: 'failed' })).toMatchObject({ total: 1, through: 1, elsewhere: 1 });
  });

  it('of a day on which all was refused say that it was there', () => {
    put('completed', 'made', 24, { C001: 'COMPLETED' });
    put('failed', 'again', 25, { C001: 'NOT_MADE' });
    expect(sumsOf({ day: '2026-11-25' })).toMatchObject({ total: 1, through: 1, elsewhere: 1 });
    const [row] = firstClips(index, { ...DEFAULT_QUERY, day: '2026-11-25' }, 9);
    expect(row).toMatchObject({
      status: 'NOT_MADE',
      made_before: true,
      other: { name: 'made.json' },
    });
  });
});

describe('the clips of a day', () => {
  const clipsOf = (day: string) =>
    firstClips(index, { ...DEFAULT_QUERY, day, pageSize: 500 }, 9).map((row) => [
      row.source_path.slice(6, 10),
      row.status,
      row.latest,
      row.other?.name ?? null,
    ]);

  it('keep their failures, with the job that made them good beside', () => {
    twoDays();
    expect(clipsOf('2026-11-25')).toEqual([
      ['C002', 'FAILED', true, 'second.json'],
      ['C003', 'NOT_MADE', true, 'second.json'],
      ['C001', 'COMPLETED', true, null],
    ]);
    expect(clipsOf('2026-11-26')).toEqual([
      ['C002', 'COMPLETED', true, 'first.json'],
      ['C003', 'COMPLETED', true, null],
    ]);
  });

  it('list what failed and was made good before it ended', () => {
    put('failed', 'morning', 25, { C001: 'FAILED' });
    put('completed', 'noon', 25, { C001: 'COMPLETED' });
    const rows = firstClips(index, { ...DEFAULT_QUERY, day: '2026-11-25' }, 9);
    expect(rows.map((row) => [row.status, isMadeGood(row)])).toEqual([
      ['COMPLETED', false],
      ['FAILED', true],
    ]);
    expect(sumsOf({ day: '2026-11-25' })).toMatchObject({ total: 1, through: 1, failed: 0 });
  });
});

it('a clip names the day on which another was made, though the job of that ended later', () => {
  put('elsewhere', 'over-midnight', 26, { C001: 'COMPLETED' });
  db.run('UPDATE clip SET at = ?', at(24));
  put('failed', 'refused', 25, { C001: 'NOT_MADE' });
  const [row] = firstClips(index, { ...DEFAULT_QUERY, day: '2026-11-25' }, 9);
  expect(row).toMatchObject({
    made_before: true,
    other: { name: 'over-midnight.json', when: at(24) },
  });
});

describe('a failed job', () => {
  const outcomeOf = (base: string) => jobNamed(index, 'day', 'failed', `${base}.json`)?.outcome;

  it('knows what became of the clips that it did not make', () => {
    put('failed', 'first', 25, { C001: 'COMPLETED', C002: 'FAILED', C003: 'NOT_MADE' });
    expect(outcomeOf('first')).toMatchObject({
      unmade: 2,
      open: 2,
      since: 0,
      by: null,
      retries: [],
    });
    put('elsewhere', 'second', 26, { C002: 'COMPLETED', C003: 'COMPLETED' });
    const by = { folder: 'night', state: 'completed', name: 'second.json' };
    const made = { unmade: 2, open: 0, good: 1, since: 2, before: 0, jobs: 1, by };
    expect(outcomeOf('first')).toMatchObject({ ...made, retried: 0, retries: [] });
  });

  it('that was refused since all was there has had nothing made good', () => {
    put('completed', 'made', 24, { C001: 'COMPLETED' });
    put('failed', 'again', 25, { C001: 'NOT_MADE' });
    put('completed', 'other-name', 26, { C001: 'COMPLETED' });
    expect(outcomeOf('again')).toMatchObject({ unmade: 1, good: 0, since: 0, before: 1 });
    const { rows } = selectClips(index, { ...DEFAULT_QUERY, q: 'other-name' });
    expect(rows.map(({ made_good }) => made_good)).toEqual([false]);
  });

  it('that asked for nobody knows what is not told to be made', () => {
    const failure_type = 'JobSpecValidationError';
    put('failed', 'typo', 25, { C001: 'NOT_MADE' }, { failure_type });
    put('failed', 'short', 25, { C001: 'NOT_MADE' }, { total_clips: 3 });
    put('completed', 'made', 26, { C001: 'COMPLETED' });
    expect(outcomeOf('typo')).toBeNull();
    expect(outcomeOf('short')).toMatchObject({ unmade: 3, open: 2, since: 1 });
  });
});
