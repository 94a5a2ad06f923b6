import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WatchFolder } from '@app/storage';
import { refuse } from '../../../../test/support/refusals.ts';
import { Refusal } from '../refusal/refusal.ts';
import { selectedJobs } from './selected-results.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'watch-'));
  await mkdir(join(root, 'pending'));
});
afterAll(() => rm(root, { recursive: true }));

it('knows of no job before a runner has started, but does not pass over a storage that is not mounted', async () => {
  const results = () => selectedJobs(new WatchFolder(root), ['day\n1']);
  expect(await results()).toMatchObject({ ended: [], unknown: ['day\n1'] });
  await symlink(join(root, 'unmounted'), join(root, 'completed'));
  await expect(results()).rejects.toThrow("completed can't be listed");
});

it('a folder without states is no watch folder', async () => {
  const results = selectedJobs(new WatchFolder('/nowhere'), []);
  await expect(results).rejects.toThrow(Refusal);
  await expect(results).rejects.toThrow('"/nowhere" is not a watch folder. Check the path.');
});

it.each(['EACCES', 'EIO', 'ESTALE'])('what else the system answers is told: %s', async (code) => {
  await mkdir(join(root, 'failed'), { recursive: true });
  refuse('readdir', code);
  const results = selectedJobs(new WatchFolder(root), []);
  await expect(results).rejects.toThrow("can't be listed");
  await expect(results).rejects.toThrow(Refusal);
});
