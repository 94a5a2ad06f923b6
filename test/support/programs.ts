import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterEach, vi } from 'vitest';
import { withVariables } from './with-variables.ts';

/** Programs in `test/fixtures/` that misbehave on purpose and otherwise call the real FFmpeg. */
export type Misbehaviour =
  | 'no-output'
  | 'empty-output'
  | 'exit-1'
  | 'writes-source'
  | 'takes-output'
  | 'damages-proxy'
  | 'short-proxy'
  | 'trial-hangs'
  | 'same-report'
  | 'trial-fails'
  | 'trial-killed';

/** Lets a test put other programs before, or instead of, the installed ones; undone after each test. */
export function usePrograms() {
  const folders: string[] = [];
  afterEach(() => {
    vi.unstubAllEnvs();
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  return {
    /** Puts a misbehaving FFmpeg first; `path` is what it misbehaves on. */
    misbehave(how: Misbehaviour, path = ''): void {
      const folder = fileURLToPath(new URL(`../fixtures/${how}`, import.meta.url));
      const first = mkdtempSync(join(tmpdir(), 'programs-'));
      folders.push(first);
      withVariables(first, 'ffmpeg', join(folder, 'ffmpeg'), { TEST_PATH: path });
      vi.stubEnv('PATH', [first, folder, process.env['PATH']].join(delimiter));
    },
    /** Leaves nothing on the PATH but these of the installed programs. */
    async only(directory: string, names: readonly string[]): Promise<void> {
      await mkdir(directory);
      for (const name of names) {
        const { stdout } = await execa('which', [name]);
        await symlink(stdout, join(directory, name));
      }
      vi.stubEnv('PATH', directory);
    },
  };
}
