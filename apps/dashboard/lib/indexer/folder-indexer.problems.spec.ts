import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { NO_RUNNER } from '../index/folder-view.ts';
import { Database } from '../index/database.ts';
import { IndexWriter } from './index-writer.ts';
import { SCHEMA } from '../index/schema.ts';
import { FolderIndexer } from './folder-indexer.ts';

let path = '';
let db: Database;
let writer: IndexWriter;

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'folder-problems-'));
  db = new Database(':memory:');
  db.exec(SCHEMA);
  writer = new IndexWriter(db);
});

afterEach(() => {
  db.close();
  rmSync(path, { recursive: true, force: true });
});

/** Of the next look after a start. */
const problem = async () =>
  (await new FolderIndexer({ name: 'f', path }, writer).pass()).problem?.sentence;

it('a watch folder is empty, or not there', async () => {
  expect(await problem()).toBe(
    'Empty folder: the runner creates its subfolders when it starts. If it had jobs, check that the volume is mounted.',
  );
  rmSync(path, { recursive: true });
  expect(await problem()).toBe('Folder not found. Is the volume mounted?');
});

it('a watch folder with pending/ only is new, which is no problem', async () => {
  mkdirSync(join(path, 'pending'));
  const { problem: found } = await new FolderIndexer({ name: 'f', path }, writer).pass();
  expect(found).toEqual({
    sentence: 'New folder: the runner creates its subfolders when it starts.',
    isNew: true,
  });
  mkdirSync(join(path, 'completed'));
  expect(await problem()).toBe('running/ is missing. failed/ is missing.');
});

it('a watch folder is no new one when jobs were known there, which stay', async () => {
  for (const state of ['pending', 'running', 'completed', 'failed']) mkdirSync(join(path, state));
  writeFileSync(join(path, 'failed/a.json'), '{}');
  const indexer = new FolderIndexer({ name: 'f', path }, writer);
  expect((await indexer.pass()).problem).toBeNull();
  for (const state of ['running', 'completed', 'failed'])
    rmSync(join(path, state), { recursive: true });
  const lost = 'running/ is missing. completed/ is missing. failed/ is missing.';
  expect(await problem()).toBe(lost);
  rmSync(join(path, 'pending'), { recursive: true });
  expect(await problem()).toBe(
    'The folder is there, but what was in it is not. Is the volume mounted?',
  );
  const view = await indexer.pass();
  expect(view.counts.failed).toBe(1);
});

it('a watch folder has a file where a folder should be, or lies on none', async () => {
  for (const state of ['pending', 'running', 'completed']) mkdirSync(join(path, state));
  writeFileSync(join(path, 'failed'), '');
  expect(await problem()).toBe('failed/ is not a folder.');
  path = join(path, 'failed');
  expect(await problem()).toContain('completed/ cannot be listed (ENOTDIR).');
  path = join(path, '..');
});

it('another watch folder in its place has nothing of the old one, and that is told once', async () => {
  const told = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const make = (root: string, host: string) => {
    for (const name of ['pending', 'running', 'completed', 'failed', '.runner'])
      mkdirSync(join(root, name), { recursive: true });
    const status = { host, pid: 1, started_at: '2026-12-01T08:00:00.000+00:00' };
    writeFileSync(join(root, '.runner', 'status.json'), JSON.stringify(status));
  };
  make(path, 'old');
  const indexer = new FolderIndexer({ name: 'f', path }, writer);
  const before = (await indexer.pass()).runner;
  expect(before).not.toEqual(NO_RUNNER);
  renameSync(path, `${path}-old`);
  mkdirSync(path);
  expect((await indexer.pass()).runner).toEqual(before);
  mkdirSync(join(path, 'pending'));
  for (let pass = 0; pass < 2; pass++) expect((await indexer.pass()).runner).toEqual(NO_RUNNER);
  expect(told.mock.calls).toEqual([
    [`${path} is another folder than before, or was mounted anew.`],
  ]);
  told.mockRestore();
  rmSync(`${path}-old`, { recursive: true });
});
