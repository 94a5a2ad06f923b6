import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLIP_STATUSES, type ClipStatus } from '../jobs/clip-row.ts';
import { unmadeClip } from '../reading/found-clip.ts';
import { undecidedJob } from '../reading/found-job.ts';
import { batchOf } from './batch.ts';
import { Database } from './database.ts';
import { gradesOf, type Attempt } from './grading.ts';
import { IndexWriter } from './index-writer.ts';
import { PlaceStore } from './place-store.ts';
import { SCHEMA } from './schema.ts';

let db: Database;
let stores: PlaceStore[];

beforeEach(() => {
  db = new Database(':memory:');
  db.exec(SCHEMA);
  const writer = new IndexWriter(db);
  stores = (['completed', 'failed'] as const).map(
    (state) => new PlaceStore(db, writer, { folder: 'f', state, path: `/f/${state}` }),
  );
});

afterEach(() => db.close());

function put(place: number, base: string, clips: [source: string, ClipStatus, when: number][]) {
  const state = place === 0 ? 'completed' : 'failed';
  const { facts } = undecidedJob(state, 1, null, null);
  const entry = { base, hasJob: true, hasResult: true, stamp: '', waited: null, facts };
  const found = clips.map(([source, status, when]) => unmadeClip(source, status, when, null));
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
  count(*) FILTER (WHERE status NOT IN (${CLIP_STATUSES.indexOf('COMPLETED')}, ${CLIP_STATUSES.indexOf('FAILED')})) AS unmade
  FROM clip WHERE latest = 1`;

describe('what the index counts as it goes', () => {
  it('is what counting would give, whatever jobs come, change and go', () => {
    const random = numbers(15);
    const next = (below: number) => Number(random.next().value) % below;
    for (let step = 0; step < 400; step += 1) {
      const place = next(2);
      const base = `job-${next(12)}`;
      if (next(4) === 0) stores[place]?.remove([base]);
      else
        put(
          place,
          base,
          Array.from({ length: 1 + next(4) }, () => [
            `/card${next(2)}/${next(5)}.mov`,
            CLIP_STATUSES[next(CLIP_STATUSES.length)] ?? 'FAILED',
            next(50),
          ]),
        );
    }
    for (const store of stores) store.commit();
    expect(db.rows('SELECT place AS id, count(*) AS jobs FROM job GROUP BY place')).toEqual(
      db.rows('SELECT id, jobs FROM place'),
    );
    for (const table of ['dir', 'place'])
      expect(db.rows(`SELECT ${table} AS id, ${COUNTED} GROUP BY ${table}`)).toEqual(
        db.rows(
          `SELECT id, through, failed, unmade FROM ${table} WHERE through + failed + unmade > 0`,
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

  function expectGrades(): void {
    const clips = db.rows<Attempt & { source: string; latest: number; made_good: number }>(
      "SELECT id, status, at, dir || '/' || name AS source, latest, made_good FROM clip",
    );
    for (const source of new Set(clips.map((clip) => clip.source))) {
      const attempts = clips.filter((clip) => clip.source === source);
      const grades = gradesOf(attempts);
      for (const { id, latest, made_good } of attempts)
        expect({ latest: latest === 1, made_good: made_good === 1 }).toEqual(grades.get(id));
    }
  }
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
