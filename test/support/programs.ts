import { mkdir, symlink } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterEach, vi } from 'vitest';

/** Programs in `test/fixtures/` that misbehave on purpose and otherwise call the real FFmpeg. */
export type Misbehaviour =
  | 'no-output'
  | 'empty-output'
  | 'exit-1'
  | 'writes-source'
  | 'takes-output'
  | 'damages-proxy'
  | 'trial-hangs'
  | 'same-report'
  | 'trial-fails'
  | 'trial-killed'
  | 'second-trial-fails';

/** Lets a test put other programs before, or instead of, the installed ones; undone after each test. */
export function usePrograms() {
  afterEach(() => void vi.unstubAllEnvs());
  return {
    /** Puts a misbehaving FFmpeg first; `path` is what it misbehaves on. */
    misbehave(how: Misbehaviour, path = ''): void {
      const folder = fileURLToPath(new URL(`../fixtures/${how}`, import.meta.url));
      vi.stubEnv('PATH', `${folder}${delimiter}${process.env['PATH']}`);
      vi.stubEnv('TEST_PATH', path);
    },
    /** Leaves nothing on the PATH but these of the installed programs, and the one that binds them to the runner's life. */
    async only(directory: string, names: readonly string[]): Promise<void> {
      await mkdir(directory);
      for (const name of [...names, 'setpriv']) {
        const { stdout } = await execa('which', [name]);
        await symlink(stdout, join(directory, name));
      }
      vi.stubEnv('PATH', directory);
    },
  };
}
