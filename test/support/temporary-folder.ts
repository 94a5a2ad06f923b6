import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

/** A folder for the tests of one file, removed after them. Read `path` inside tests and hooks. */
export function useTemporaryFolder(): { readonly path: string } {
  const folder = { path: '' };
  beforeAll(async () => {
    folder.path = await mkdtemp(join(tmpdir(), 'watch-folder-runner-'));
  });
  afterAll(() => rm(folder.path, { recursive: true, force: true }));
  return folder;
}
