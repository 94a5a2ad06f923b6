import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Refusal } from '../refusal/refusal.ts';
import { namesInState } from './known-jobs.ts';

it('knows of no job as long as no runner has made the folder', async () => {
  expect(await namesInState(join(import.meta.dirname, 'completed'))).toEqual([]);
});

it('ends a plan when the jobs in a folder can not be known', async () => {
  const refusal: unknown = await namesInState(import.meta.filename).catch(
    (error: unknown) => error,
  );
  expect(refusal).toBeInstanceOf(Refusal);
  expect(refusal).toMatchObject({ kind: 'folder' });
  expect(String(refusal)).toContain("can't be listed: not a directory");
});

it('ends a plan when a folder is a link to a storage that is not mounted', async () => {
  const root = await mkdtemp(join(tmpdir(), 'states-'));
  await symlink(join(root, 'unmounted'), join(root, 'completed'));
  await expect(namesInState(join(root, 'completed'))).rejects.toThrow("can't be listed");
  await rm(root, { recursive: true });
});
