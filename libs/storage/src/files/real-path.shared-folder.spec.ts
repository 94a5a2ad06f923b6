import { chmod, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { realPathsOf, sharedFolder } from './real-path.ts';

let base = '';
let output = '';
beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'shared-')));
  output = join(base, 'day', 'out');
  await mkdir(output, { recursive: true });
  for (const folder of [base, dirname(output), output]) await chmod(folder, 0o755);
});
afterEach(() => rm(base, { recursive: true }));

const nearest = async (root?: string) =>
  sharedFolder(output, await realPathsOf(root === undefined ? [] : [root]));

it('is none where the owner alone may write', async () => {
  expect(await nearest()).toBeNull();
});

it.each([
  ['the group', 0o775],
  ['everybody', 0o777],
])('is the nearest in which %s may write', async (_, rights) => {
  await chmod(dirname(output), rights);
  expect(await nearest()).toBe(dirname(output));
  await chmod(output, rights);
  expect(await nearest()).toBe(output);
});

it('is none with a sticky bit', async () => {
  await chmod(output, 0o1777);
  await chmod(dirname(output), 0o3775);
  expect(await nearest()).toBeNull();
});

it('is none above its root', async () => {
  await chmod(base, 0o777);
  expect(await nearest(dirname(output))).toBeNull();
  expect(await nearest(base)).toBe(base);
});

it('is none below a folder that others may not enter', async () => {
  await chmod(output, 0o777);
  await chmod(base, 0o700);
  expect(await nearest()).toBeNull();
});
