import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CLIP_STATUSES, type ClipStatus } from '../jobs/clip-row.ts';
import { unmadeClip } from '../reading/found-clip.ts';
import { undecidedJob } from '../reading/found-job.ts';
import { batchOf } from './batch.ts';
import { INSERT_CLIPS } from './clip-writer.ts';
import { Database } from './database.ts';
import type { Attempt } from './attempts.ts';
import { gradesOf } from './grading.ts';
import { IndexWriter, INSERT_JOBS } from './index-writer.ts';
import { PlaceStore } from './place-store.ts';
import { JOB_OF_CLIP, SCHEMA } from './schema.ts';
import { INSERT_DIRS } from './sums.ts';

let db: Database;
let stores: PlaceStore[];

beforeEach(() => {
  db = new Database(':memory:');
  db.exec(SCHEMA);
  const writer = new IndexWriter(db);
  stores = (['completed', 'failed', 'running'] as const).map(
    (state) => new PlaceStore(db, writer, { folder: 'f', state, path: `/f/${state}` }),
  );
});

afterEach(() => db.close());

function put(
  place: number,
  base: string,
  clips: [source: string, ClipStatus, when: number, output?: string][],
  kind: string | null = null,
) {
  const state = (['completed', 'failed', 'running'] as const)[place] ?? 'failed';
  const { facts } = undecidedJob(state, 1, { job_id: null, sources: [], kind }, null);
  const entry = { base, hasJob: true, hasResult: true, stamp: '', waited: null, facts };
  const found = clips.map(([source, status, when, output_path = '']) => {
    return { ...unmadeClip(source, status, when, null), output_path };
  });
  stores[place]?.put(batchOf('f', state, [{ ...entry, clips: found }]));
}

/** Numbers that are the same in every run. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ;) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    yield state >>> 8;
  }
}

const COUNTED = `count(*) FILTER (WHERE status = ${CLIP_STATUSES.indexOf('COMPLETED')}) AS through,
  count(*) FILTER (WHERE status = ${CLIP_STATUSES.indexOf('FAILED')}) AS failed,
  count(*) FILTER (WHERE status NOT IN (${CLIP_STATUSES.indexOf('COMPLETED')}, ${CLIP_STATUSES.indexOf('FAILED')}, ${CLIP_STATUSES.indexOf('UNKNOWN')})) AS unmade,
  count(*) FILTER (WHERE status = ${CLIP_STATUSES.indexOf('UNKNOWN')}) AS unknown
  FROM clip WHERE latest = 1`;

describe('what the index counts as it goes', () => {
  it('is what counting would give, whatever jobs come, change and go', () => {
    const random = numbers(15);
    const next = (below: number) => Number(random.next().value) % below;
    for (let step = 0; step < 400; step += 1) {
      const place = next(3);
      const base = `job-${next(12)}`;
      const what = next(16);
      if (what < 4) stores[place]?.remove([base]);
      else if (what < 7) stores[place]?.mark(base, next(5), next(50));
      else
        put(
          place,
          base,
          Array.from({ length: 1 + next(4) }, () => [
            `/card${next(2)}/${next(5)}.mov`,
            CLIP_STATUSES[next(CLIP_STATUSES.length)] ?? 'FAILED',
            next(50),
            ['', '/p/a.mov', '/p/b.mov'][next(3)],
          ]),
          ['h264 mp4', 'prores_hq mov', null][next(3)],
        );
    }
    for (const store of stores) store.commit();
    expect(db.rows('SELECT place AS id, count(*) AS jobs FROM job GROUP BY place')).toEqual(
      db.rows('SELECT id, jobs FROM place'),
    );
    for (const table of ['dir', 'place'])
      expect(db.rows(`SELECT ${table} AS id, ${COUNTED} GROUP BY ${table}`)).toEqual(
        db.rows(
          `SELECT id, through, failed, unmade, unknown FROM ${table} WHERE through + failed + unmade + unknown > 0`,
        ),
      );
    expectGrades();
  });

  it('is right for a source that one job names twice', () => {
    put(0, 'twice', [
      ['/a/x.mov', 'FAILED', 1],
      ['/a/x.mov', 'COMPLETED', 2],
    ]);
    expect(db.rows('SELECT through, failed, unmade FROM dir')).toEqual([
      { through: 1, failed: 0, unmade: 0 },
    ]);
  });

  it('keeps proxies of two kinds apart, whichever of them came to nothing', () => {
    put(0, 'editing', [['/a/x.mov', 'COMPLETED', 1, '/p/x.mp4']], 'h264 mp4');
    put(1, 'grading', [['/a/x.mov', 'NOT_MADE', 2]], 'prores_proxy mov');
    expect(db.rows('SELECT through, failed, unmade FROM dir WHERE through + unmade > 0')).toEqual([
      { through: 1, failed: 0, unmade: 1 },
    ]);
    expect(db.rows('SELECT latest, relation FROM clip')).toEqual([
      { latest: 1, relation: 0 },
      { latest: 1, relation: 0 },
    ]);
  });

  it('does not take one size for another that failed', () => {
    put(1, 'half', [['/a/x.mov', 'FAILED', 1, '/p/x.mp4']], 'h264 mp4 half');
    put(0, 'quarter', [['/a/x.mov', 'COMPLETED', 2, '/p/y.mp4']], 'h264 mp4 quarter');
    put(0, 'older', [['/a/x.mov', 'COMPLETED', 3, '/p/z.mp4']], 'h264 mp4');
    expect(db.rows('SELECT through, failed FROM dir WHERE through > 0')).toEqual([
      { through: 2, failed: 1 },
    ]);
    expect(db.rows('SELECT relation FROM clip WHERE relation > 0')).toEqual([]);
    put(0, 'again', [['/a/x.mov', 'COMPLETED', 4, '/p/x.mp4']], 'h264 mp4 half');
    expect(db.rows('SELECT through, failed FROM dir WHERE through > 0')).toEqual([
      { through: 3, failed: 0 },
    ]);
  });

  function expectGrades(): void {
    const clips = db.rows<
      Attempt & {
        proxy: string;
        latest: number;
        relation: number;
        decider: number | null;
        other: number | null;
      }
    >(
      `SELECT clip.id, status, clip.at, output_dir || '/' || output_name AS output, dir || '/' || name || coalesce(kind, '') AS proxy, latest, relation, decider, other
       FROM clip JOIN job ON job.id = ${JOB_OF_CLIP}`,
    );
    for (const proxy of new Set(clips.map((clip) => clip.proxy))) {
      const attempts = clips.filter((clip) => clip.proxy === proxy);
      const grades = gradesOf(attempts);
      for (const { id, latest, relation, decider, other } of attempts)
        expect({ latest: latest === 1, relation, decider, other }).toEqual(grades.get(id));
    }
  }
});

describe('a batch that is JSON', () => {
  /** How often SQLite asks for each element of it. Each time it is written out anew. */
  function asked(sql: string): number {
    const steps = db.rows<{ opcode: string; p2: number }>(
      `EXPLAIN ${sql}`,
      ...Array.from(sql.matchAll(/\?/gu), () => ''),
    );
    return steps.filter(({ opcode, p2 }) => opcode === 'VColumn' && p2 === VALUE).length;
  }
  /** The column of json_each. */
  const VALUE = 1;

  it.each([
    ['jobs', INSERT_JOBS],
    ['clips', INSERT_CLIPS],
    ['folders', INSERT_DIRS],
  ])('has each element taken out once: %s', (_, sql) => {
    expect(asked(sql)).toBe(1);
  });

  it('is compared with what is known only where something is', () => {
    const run = vi.spyOn(db, 'first');
    expect(stores[0]?.has('a')).toBe(false);
    expect(run).not.toHaveBeenCalled();
    put(0, 'a', []);
    expect([stores[0]?.has('a'), stores[0]?.has('b')]).toEqual([true, false]);
  });
});

describe('text that is none', () => {
  it.each([
    ['half \uD800 a pair', 'half \uFFFD a pair'],
    ['nul \0 inside', 'nul \uFFFD inside'],
    ['"quoted" \u001F \u{1F3AC}', '"quoted" \u001F \u{1F3AC}'],
  ])('is kept as far as it goes: %j', (text, kept) => {
    put(0, text, [[`/a/${text}`, 'COMPLETED', 1]]);
    expect(db.rows('SELECT base, name FROM clip JOIN job ON job.place = clip.place')).toEqual([
      { base: kept, name: kept },
    ]);
  });
});
