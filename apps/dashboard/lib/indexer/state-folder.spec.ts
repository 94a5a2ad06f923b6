import type { JobState } from '@app/jobspec/folder';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Database } from '../store/database.ts';
import { IndexWriter } from '../store/index-writer.ts';
import { PlaceStore } from '../store/place-store.ts';
import { SCHEMA } from '../store/schema.ts';
import { readJobs } from './read-jobs.ts';
import { StateFolder } from './state-folder.ts';

let path = '';
let db: Database;

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'state-folder-'));
  db = new Database(':memory:');
  db.exec(SCHEMA);
});

afterEach(() => {
  db.close();
  rmSync(path, { recursive: true });
});

function open(state: JobState) {
  const place = { folder: 'f', state, path };
  const store = new PlaceStore(db, new IndexWriter(db), place);
  return { folder: new StateFolder(place, store, { read: readJobs }), store };
}

/** Lists to the end: of a folder that is known already that goes on beside everything else. */
async function list(folder: StateFolder): Promise<void> {
  do await folder.list();
  while (folder.isListing);
}

async function look(folder: StateFolder): Promise<void> {
  await list(folder);
  await folder.read(Infinity);
  await folder.sweep();
  await folder.read(Infinity);
}

/** A folder whose listing took long, on a busy machine, is listed again only after a pause. */
async function lookUntil(folder: StateFolder, holds: () => void): Promise<void> {
  await vi.waitFor(
    async () => {
      await look(folder);
      holds();
    },
    { timeout: 50_000 },
  );
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

describe('what can not be read', () => {
  it.each(Object.keys(NOT_RESULTS))(
    'is looked at once, and not again and again: %s',
    async (what) => {
      NOT_RESULTS[what]?.(join(path, 'job.result.json'));
      const { folder, store } = open('failed');
      await look(folder);
      const { revision } = store;
      await look(folder);
      expect(folder.count).toBe(1);
      expect(store.revision).toBe(revision);
    },
  );
});

describe('a folder that is followed', () => {
  it('counts a job with its result once, before and after it is read', async () => {
    for (const name of ['a.json', 'a.result.json', 'b.json', 'c.result.json', '.d.json', 'e.txt'])
      write(name);
    const { folder } = open('completed');
    await folder.list();
    expect([folder.count, folder.unread]).toEqual([3, 3]);
    await folder.read(Infinity);
    expect([folder.count, folder.unread]).toEqual([3, 0]);
    expect(jobs()).toEqual(['a', 'b', 'c']);
  });

  it('reads no result in pending/: it is a file of somebody else', async () => {
    write('a.json');
    write('b.result.json', 'x'.repeat(100));
    const { folder } = open('pending');
    await look(folder);
    expect(jobs()).toEqual(['a']);
  });

  it('sees what came, went and lost its result', async () => {
    for (const name of ['a.json', 'b.json', 'b.result.json', 'c.json']) write(name);
    const { folder } = open('failed');
    await look(folder);
    rmSync(join(path, 'a.json'));
    rmSync(join(path, 'b.result.json'));
    write('d.json');
    await lookUntil(folder, () => {
      const rows = db.rows('SELECT base, files FROM job ORDER BY base');
      expect(rows).toEqual([
        { base: 'b', files: 1 },
        { base: 'c', files: 1 },
        { base: 'd', files: 1 },
      ]);
    });
  });

  it('finds at its next start only what changed meanwhile', async () => {
    for (const name of ['a.json', 'b.json']) write(name);
    await look(open('failed').folder);
    rmSync(join(path, 'a.json'));
    write('c.json');
    const { folder, store } = open('failed');
    expect(folder.count).toBe(2);
    await list(folder);
    expect(folder.unread).toBe(1);
    await folder.read(Infinity);
    expect(jobs()).toEqual(['b', 'c']);
    expect(store.count).toBe(2);
  });

  it('believes at its next start a folder that stood still, and lists it a moment later', async () => {
    // Storage that counts in whole seconds shows both as one.
    const inOneSecond = (name: string) => {
      write(name);
      utimesSync(path, 1e9, 1e9);
    };
    inOneSecond('a.json');
    await look(open('failed').folder);
    inOneSecond('b.json');
    const { folder } = open('failed');
    await look(folder);
    expect(folder.count).toBe(1);
    await lookUntil(folder, () => expect(jobs()).toEqual(['a', 'b']));
  });

  it('finds a job that somebody speaks of before the folder is listed again', async () => {
    write('a.json');
    const { folder } = open('completed');
    await look(folder);
    write('b.json');
    folder.hint('b.json');
    folder.hint('nothing.json');
    await look(folder);
    expect(jobs()).toEqual(['a', 'b']);
  });
});

describe('large files', () => {
  it('are left for the next time when their turn comes too late, and count meanwhile', async () => {
    const { folder } = open('failed');
    const large = JSON.stringify({ violations: Array.from({ length: 30 }, () => 'v'.repeat(1e5)) });
    for (const name of ['a', 'b', 'c']) write(`${name}.result.json`, large);
    await folder.list();
    await folder.read(performance.now() + 1);
    expect(folder.unread).toBeGreaterThan(0);
    expect(folder.count).toBe(3);
    await folder.read(Infinity);
    expect(folder.unread).toBe(0);
    expect(folder.count).toBe(3);
    expect(jobs()).toEqual(['a', 'b', 'c']);
  });
});
