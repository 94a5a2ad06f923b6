import { beforeEach, expect, it } from 'vitest';
import { unmadeClip, jobWithoutResult } from './found-job.ts';
import { STATUS, type ClipStatus } from '../index/clip-row.ts';
import { batchOf } from './batch.ts';
import { Database } from '../index/database.ts';
import { IndexWriter } from './index-writer.ts';
import { SCHEMA } from '../index/schema.ts';

let db: Database;
let writer: IndexWriter;

beforeEach(() => {
  db = new Database(':memory:');
  db.exec(SCHEMA);
  writer = new IndexWriter(db);
});

function put(base: string, when: number, clips: readonly [string, ClipStatus][]): void {
  const place = writer.place('f', 'running').id;
  const found = clips.map(([name, status]) =>
    Object.assign(unmadeClip(`/m/${name}.mov`, status, when, null), {
      kind: 'h264 mp4',
      output_path: status === 'COMPLETED' ? `/p/${name}.mp4` : '',
    }),
  );
  const job = { ...jobWithoutResult('running', when, null, null), clips: found };
  const entry = { ...job, base, hasJob: true, hasResult: false, stamp: `of ${base}` };
  writer.put(place, batchOf('f', 'running', [entry]));
  writer.commit();
}

/** Of which job the attempt is that says where each proxy stands, in the order of all attempts. */
const standings = () =>
  db
    .rows<{ name: string; base: string }>(
      `SELECT clip.name, job.base FROM clip JOIN job ON job.id = clip.stands / 16384 ORDER BY clip.id`,
    )
    .map(({ name, base }) => `${name} ${base}`);

it('where a proxy stands is judged anew whenever a job came, changed or went', () => {
  put('a', 1, [['x', 'FAILED']]);
  put('b', 2, [
    ['x', 'COMPLETED'],
    ['y', 'COMPLETED'],
  ]);
  expect(standings()).toEqual(['x.mov b', 'x.mov b', 'y.mov b']);
  put('c', 3, [['x', 'FAILED']]);
  expect(standings()).toEqual(['x.mov c', 'x.mov c', 'y.mov b', 'x.mov c']);
  writer.remove(writer.place('f', 'running').id, ['c', 'b']);
  writer.commit();
  expect(standings()).toEqual(['x.mov a']);
  expect(db.rows('SELECT rowid FROM search WHERE search MATCH \'"mov"\'')).toHaveLength(1);
});

it('what a failed job left is told no more once a person has put it aside, and what is made is', () => {
  put('a', 1, [
    ['x', 'COMPLETED'],
    ['y', 'FAILED'],
  ]);
  const failed = writer.place('f', 'failed').id;
  const clips = ['x', 'y', 'z'].map((name) =>
    Object.assign(unmadeClip(`/m/${name}.mov`, 'FAILED', 5, null), { kind: 'h264 mp4' }),
  );
  const job = jobWithoutResult('failed', 5, null, null);
  const entry = { ...job, clips, base: 'b', hasJob: true, hasResult: true, stamp: 'b' };
  writer.put(failed, batchOf('f', 'failed', [entry]));
  db.run("UPDATE job SET completed_at = '2026-12-01T08:00:00Z' WHERE base = 'b'");
  writer.commit();
  expect(standings()).toEqual(['x.mov b', 'y.mov b', 'x.mov b', 'y.mov b', 'z.mov b']);
  const dismissed = (is: boolean) => {
    writer.dismiss('f', (name, at) => is && name === 'b.json' && at === '2026-12-01T08:00:00Z');
    writer.commit();
    return standings();
  };
  expect(dismissed(true)).toEqual(['x.mov a', 'x.mov a']);
  expect(dismissed(false)).toHaveLength(5);
});

it('a job takes the place of what was known under its name, and is known by its files and stamp', () => {
  put('a', 1, [['x', 'WAITING']]);
  put('a', 2, [['y', 'WAITING']]);
  expect(db.rows('SELECT name FROM clip')).toEqual([{ name: 'y.mov' }]);
  const place = writer.place('f', 'running').id;
  expect([...writer.known(place)]).toEqual([['a', '1of a']]);
});

it('clips of a job that runs are made in order, and only what is news makes another revision', () => {
  put('a', 1, [
    ['x', 'WAITING'],
    ['y', 'WAITING'],
    ['z', 'WAITING'],
  ]);
  const place = writer.place('f', 'running').id;
  const { revision } = writer;
  for (const at of [5, 6]) {
    writer.mark(place, 'a', { made: 1, isBegun: true, at });
    writer.commit();
  }
  expect(writer.revision).toBe(revision + 1);
  expect(db.rows('SELECT status, at FROM clip ORDER BY id')).toEqual([
    { status: STATUS.COMPLETED, at: 5 },
    { status: STATUS.RUNNING, at: 5 },
    { status: STATUS.WAITING, at: 1 },
  ]);
});
