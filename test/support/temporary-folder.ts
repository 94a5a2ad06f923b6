import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { hasFailed, keepFolder } from './kept-folder.ts';

/** A folder for the tests of one file, removed after them. Read `path` inside tests and hooks. */
export function useTemporaryFolder(): { readonly path: string } {
  const folder = { path: '' };
  let failed: string | null = null;
  beforeAll(async () => {
    folder.path = await mkdtemp(join(tmpdir(), 'watch-folder-runner-'));
  });
  afterEach((context) => {
    if (hasFailed(context)) failed ??= context.task.name;
  });
  afterAll(async () => {
    if (failed !== null) await keepFolder(folder.path, failed);
    await rm(folder.path, { recursive: true, force: true });
  });
  return folder;
}
