import type { StatOptions } from 'node:fs';
import fs, { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OpenDirectory } from './open-directory.ts';

const { open } = fs;
let base = '';
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'held-'));
});
afterEach(async () => {
  showRights(open);
  await rm(base, { recursive: true });
});

function showRights(opening: typeof open) {
  fs.open = opening;
  syncBuiltinESMExports();
}

/** As CIFS and exFAT are mounted: one for every folder, one for every file, and nobody changes them. */
function showEverywhere(ofFolder: number, ofFile: number) {
  showRights(async (...args) => {
    const handle = await open(...args);
    const stat = handle.stat.bind(handle);
    const shown = async (options?: StatOptions) => {
      const stats = await stat(options);
      if (typeof stats.mode === 'bigint') return stats;
      const rights = stats.isDirectory() ? ofFolder : ofFile;
      return Object.assign(stats, { mode: (stats.mode & ~0o777) | rights });
    };
    return Object.assign(handle, { stat: shown, chmod: async () => undefined });
  });
}

/** Makes one with a file in it, and removes it. @returns its rights. */
async function make() {
  const folder = await OpenDirectory.make(join(base, 'made'), ['a.nut']);
  expect(await readdir(join(base, 'made'))).toEqual(['a.nut']);
  const { mode } = await stat(join(base, 'made'));
  await folder.remove();
  expect(await readdir(base)).toEqual([]);
  return mode & 0o777;
}

describe('HeldFolder.make', () => {
  it.skipIf(process.platform === 'win32')(
    'makes one that nobody else may write to, also in a folder of a group',
    async () => {
      await fs.chmod(base, 0o2775);
      expect(await make()).toBe(0o700);
    },
  );

  it.skipIf(process.platform === 'win32').each([
    ['everybody may write', 0o777, 0o777],
    ['others may read', 0o755, 0o600],
    ['files look private', 0o777, 0o600],
    ['files look like programs', 0o777, 0o700],
  ])('makes one where no rights are kept: %s', async (_, ofFolder, ofFile) => {
    showEverywhere(ofFolder, ofFile);
    expect(await make()).toBe(0o700);
  });

  it('takes none that is there', async () => {
    await mkdir(join(base, 'made'));
    await expect(make()).rejects.toThrow('EEXIST');
  });
});
