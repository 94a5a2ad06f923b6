import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { undecidedJob } from '../reading/found-job.ts';
import { batchOf } from '../store/batch.ts';
import { Database } from '../store/database.ts';
import { IndexWriter } from '../store/index-writer.ts';
import { PlaceStore } from '../store/place-store.ts';
import { SCHEMA } from '../store/schema.ts';
import { FolderIndexer } from './folder-indexer.ts';

let path = '';
let db: Database;

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'folder-problems-'));
  db = new Database(':memory:');
  db.exec(SCHEMA);
});

afterEach(() => {
  vi.restoreAllMocks();
  db.close();
  rmSync(path, { recursive: true, force: true });
});

function indexer(): FolderIndexer {
  const writer = new IndexWriter(db);
  return new FolderIndexer(
    'f',
    path,
    (state, at) => new PlaceStore(db, writer, { folder: 'f', state, path: at }),
  );
}

async function problem(): Promise<string | undefined> {
  const folder = indexer();
  await folder.scan();
  return folder.view.problem?.sentence;
}

describe('a watch folder that can not be shown as it is', () => {
  it('is empty, or not there', async () => {
    expect(await problem()).toBe(
      'The folder is empty: a runner makes pending/, running/, completed/ and failed/ when it starts. If there were jobs, is the volume mounted?',
    );
    rmSync(path, { recursive: true });
    expect(await problem()).toBe('The folder is not there. Is the volume mounted?');
  });

  it('is new, which is no problem, with pending/ only', async () => {
    mkdirSync(join(path, 'pending'));
    const folder = indexer();
    await folder.scan();
    expect(folder.view.problem).toEqual({
      sentence:
        'The folder is new: a runner makes running/, completed/ and failed/ when it starts.',
      isNew: true,
    });
    mkdirSync(join(path, 'completed'));
    expect(await problem()).toBe('running/ is not there. failed/ is not there.');
  });

  it('is no new one when jobs were known there', async () => {
    mkdirSync(join(path, 'pending'));
    const place = { folder: 'f', state: 'failed' as const, path: join(path, 'failed') };
    const known = new PlaceStore(db, new IndexWriter(db), place);
    const job = { base: 'a', hasJob: true, hasResult: true, stamp: '', waited: null };
    known.put(batchOf('f', 'failed', [{ ...job, ...undecidedJob('failed', 1, null, null) }]));
    known.commit();
    expect(await problem()).toBe(
      'running/ is not there. completed/ is not there. failed/ is not there.',
    );
  });

  it('has a file where a folder should be', async () => {
    for (const state of ['pending', 'running', 'completed']) mkdirSync(join(path, state));
    writeFileSync(join(path, 'failed'), '');
    expect(await problem()).toBe('failed/ is not a folder.');
  });

  it('lies on storage that does not answer', async () => {
    const folder = indexer();
    const scanning = folder.scan();
    const later = performance.now() + 16_000;
    vi.spyOn(performance, 'now').mockReturnValue(later);
    expect(folder.view.problem?.sentence).toBe('The storage does not answer.');
    vi.restoreAllMocks();
    await scanning;
  });
});
