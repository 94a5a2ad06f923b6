import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { refuse, watch } from '../../../../test/support/refusals.ts';
import { PendingFolder } from '../../../../apps/runner/src/watch/pending-folder.ts';
import { WatchFolder } from './watch-folder.ts';

let folder: WatchFolder;
beforeAll(() => Logger.overrideLogger(false));
beforeEach(async () => {
  folder = new WatchFolder(await mkdtemp(join(tmpdir(), 'wfr-')));
});
afterEach(() => rm(folder.root, { recursive: true }));

describe('a watch folder', () => {
  it('gets the directories that it lacks', async () => {
    await folder.prepare();
    expect(await readdir(folder.root)).toEqual([
      '.runner',
      'completed',
      'failed',
      'pending',
      'running',
    ]);
    await folder.prepare();
  });

  it.each([
    ['ENOENT', 'does not exist. Create it first'],
    ['ENOTDIR', 'does not exist. Create it first'],
    ['EACCES', 'cannot be used: permission denied'],
    ['EIO', 'cannot be used: i/o error'],
  ])('%s: it %s', async (code, words) => {
    refuse('stat', code, (path) => path === folder.root);
    await expect(folder.prepare()).rejects.toThrow(words);
    expect(await readdir(folder.root)).toEqual([]);
  });

  it.each(['pending', 'running', 'completed', 'failed'])(
    'is refused where %s lies on another file system',
    async (state) => {
      await folder.prepare();
      watch('stat', async (go, path) => {
        const stats = (await go()) as { dev: number };
        return path === join(folder.root, state) ? { ...stats, dev: stats.dev + 1 } : stats;
      });
      await expect(folder.check()).rejects.toThrow('are on different filesystems');
    },
  );
});

describe('what lies in pending/', () => {
  beforeEach(() => mkdir(folder.pending));
  const names = async () => (await new PendingFolder(folder).list()).names;

  it('is a job whose name has a replacement character of its own', async () => {
    await writeFile(join(folder.pending, 'a\uFFFD.json'), '{}');
    expect(await names()).toEqual(['a\uFFFD.json']);
  });

  it('is no job where nothing has its decoded name, and one where that can’t be told', async () => {
    await writeFile(
      Buffer.concat([Buffer.from(`${folder.pending}/a`), Buffer.from('ff2e6a736f6e', 'hex')]),
      '{}',
    );
    expect(await names()).toEqual([]);
    refuse('lstat', 'EIO');
    expect(await names()).toEqual(['a\uFFFD.json']);
  });
});
