import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { selectedResults } from './selected-results.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'watch-'));
  await mkdir(join(root, 'pending'));
});
afterAll(() => rm(root, { recursive: true }));

it('knows of no job before a runner has started, but does not pass over a storage that is not mounted', async () => {
  const results = () => selectedResults(root, { day: null, jobs: ['day\n1'] });
  expect(await results()).toMatchObject({ jobs: [], unknown: ['day\n1'] });
  await symlink(join(root, 'unmounted'), join(root, 'completed'));
  await expect(results()).rejects.toThrow('ENOENT');
});
