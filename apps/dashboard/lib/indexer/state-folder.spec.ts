import type { JobState } from '@app/jobspec/folder';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Database } from '../index/database.ts';
import { IndexWriter } from './index-writer.ts';
import { SCHEMA } from '../index/schema.ts';
import { StateFolder } from './state-folder.ts';

let path = '';
let db: Database;

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'state-folder-'));
  db = new Database(':memory:');
  db.exec(SCHEMA);
});

afterEach(() => {
  vi.restoreAllMocks();
  db.close();
  rmSync(path, { recursive: true });
});

/** As after a start. */
function open(state: JobState) {
  // Triggers of the last one stand in its connection.
  db.exec('DROP TABLE IF EXISTS touched');
  for (const name of ['touch_0', 'touch_1', 'touch_2', 'gone'])
    db.exec(`DROP TRIGGER IF EXISTS ${name}`);
  const writer = new IndexWriter(db);
  return { folder: new StateFolder({ folder: 'f', state, path }, writer), writer };
}

async function look({ folder, writer }: ReturnType<typeof open>): Promise<void> {
  folder.list();
  await folder.read(Infinity);
  await folder.search();
  await folder.read(Infinity);
  writer.commit();
}

/** A folder whose listing took long, on a busy machine, is listed again only after a pause. */
async function lookUntil(opened: ReturnType<typeof open>, holds: () => void): Promise<void> {
  const again = async () => {
    await look(opened);
    holds();
  };
  await vi.waitFor(again, { timeout: 50_000 });
}

const jobs = () =>
  db.rows<{ base: string }>('SELECT base FROM job ORDER BY base').map(({ base }) => base);
const write = (name: string, content = '{}') => writeFileSync(join(path, name), content);

/** Things that are called like a result and are not. */
const NOT_RESULTS: Record<string, (at: string) => void> = {
  'a symbolic link': (at) => symlinkSync('/etc/hostname', at),
  'a dangling symbolic link': (at) => symlinkSync('/nowhere', at),
  'a FIFO': (at) => void execFileSync('mkfifo', [at]),
  'a directory': (at) => mkdirSync(at),
  'an unreadable file': (at) => {
    writeFileSync(at, '{}');
    chmodSync(at, 0);
  },
  'half a result': (at) => writeFileSync(at, '{"job_id":'),
};

it.each(Object.keys(NOT_RESULTS))(
  'what can not be read is looked at once, and not again and again: %s',
  async (what) => {
    NOT_RESULTS[what]?.(join(path, 'job.result.json'));
    const opened = open('failed');
    await look(opened);
    const { revision } = opened.writer;
    await look(opened);
    expect(opened.folder.count).toBe(1);
    expect(opened.writer.revision).toBe(revision);
  },
);

describe('a folder that is followed', () => {
  it('counts a job with its result once, before and after it is read', async () => {
    for (const name of ['a.json', 'a.result.json', 'b.json', 'c.result.json', '.d.json', 'e.txt'])
      write(name);
    const { folder } = open('completed');
    folder.list();
    expect([folder.count, folder.unread, folder.isBusy]).toEqual([3, 3, true]);
    await folder.read(-1);
    expect([folder.count, folder.unread]).toEqual([3, 3]);
    await folder.read(Infinity);
    expect([folder.count, folder.unread, folder.isBusy]).toEqual([3, 0, false]);
    expect(jobs()).toEqual(['a', 'b', 'c']);
  });

  it('reads no result in pending/: it is a file of somebody else', async () => {
    write('a.json');
    write('b.result.json', 'x'.repeat(100));
    await look(open('pending'));
    expect(jobs()).toEqual(['a']);
  });

  it('names what lies in pending/ and is no JobSpec, also after a restart', async () => {
    for (const name of ['a.json', 'A001C001.mov', '.plan.tmp', 'plan.inventory']) write(name);
    for (let start = 0; start < 2; start++) {
      const opened = open('pending');
      await look(opened);
      expect(opened.folder.ignored).toEqual(['A001C001.mov']);
    }
  });

  it('sees what came, went and lost its result', async () => {
    for (const name of ['a.json', 'b.json', 'b.result.json', 'c.json']) write(name);
    const opened = open('failed');
    await look(opened);
    rmSync(join(path, 'a.json'));
    rmSync(join(path, 'b.result.json'));
    write('d.json');
    await lookUntil(opened, () => {
      const rows = db.rows('SELECT base, files FROM job ORDER BY base');
      expect(rows).toEqual([
        { base: 'b', files: 1 },
        { base: 'c', files: 1 },
        { base: 'd', files: 1 },
      ]);
    });
    expect(opened.folder.count).toBe(3);
  });

  it('sees a file that took the place of another, and one that was written on', async () => {
    write('a.json', '{"job_id":"first"}');
    write('b.json', '{"job_id":"sec');
    const opened = open('failed');
    await look(opened);
    write('b.json', '{"job_id":"second"}');
    write('new', '{"job_id":"other"}');
    renameSync(join(path, 'new'), join(path, 'a.json'));
    await lookUntil(opened, () => {
      const rows = db.rows('SELECT job_id FROM job ORDER BY base');
      expect(rows).toEqual([{ job_id: 'other' }, { job_id: 'second' }]);
    });
  });

  it('finds at its next start only what changed meanwhile', async () => {
    for (const name of ['a.json', 'b.json']) write(name);
    await look(open('failed'));
    rmSync(join(path, 'a.json'));
    write('c.json');
    const opened = open('failed');
    expect(opened.folder.count).toBe(2);
    opened.folder.list();
    expect(opened.folder.unread).toBe(1);
    await look(opened);
    expect(jobs()).toEqual(['b', 'c']);
  });

  it('is not listed at its next start where nothing changed since all of it was read', async () => {
    for (const name of ['a.json', 'b.json']) write(name);
    const opened = open('failed');
    const mtime = () => db.rows<{ mtime: number | null }>('SELECT mtime FROM place')[0]?.mtime;
    await look(opened);
    expect(mtime()).toBeNull();
    await lookUntil(opened, () => expect(mtime()).not.toBeNull());
    const again = open('failed');
    const known = vi.spyOn(again.writer, 'known');
    again.folder.list();
    await again.folder.read(Infinity);
    expect([again.folder.count, known.mock.calls.length]).toEqual([2, 0]);
    write('c.json');
    await look(again);
    expect([again.folder.count, jobs()]).toEqual([3, ['a', 'b', 'c']]);
  });

  it('is listed once more a moment after a change: storage that counts in whole seconds shows two as one', async () => {
    const inOneSecond = (name: string) => {
      write(name);
      utimesSync(path, 1e9, 1e9);
    };
    inOneSecond('a.json');
    const opened = open('failed');
    await look(opened);
    inOneSecond('b.json');
    await look(opened);
    expect(jobs()).toEqual(['a']);
    await lookUntil(opened, () => expect(jobs()).toEqual(['a', 'b']));
  });
});
