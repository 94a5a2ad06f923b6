import { mkdir, mkdtemp, realpath, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { refuse, watch } from '../../../../test/support/refusals.ts';
import { OutputFolder } from './output-folder.ts';

let base = '';
let output = '';
beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'wfr-')));
  output = join(base, 'out');
  await mkdir(output);
});
afterEach(() => rm(base, { recursive: true }));

/** Files opened from now on. */
function handles(): { fd: number }[] {
  const opened: { fd: number }[] = [];
  watch('open', async (go) => {
    const file = (await go()) as { fd: number };
    opened.push(file);
    return file;
  });
  return opened;
}

it('is let go when it is closed', async () => {
  const opened = handles();
  const folder = await OutputFolder.open(output);
  expect(folder.entry('a.mov')).not.toBe('');
  await folder.check();
  await folder.close();
  expect(opened.map(({ fd }) => fd)).toEqual([-1]);
});

it('is let go where it isn’t what was checked', async () => {
  const opened = handles();
  refuse('realpath', 'EIO', (path) => path !== output);
  await expect(OutputFolder.open(output)).rejects.toMatchObject({ type: 'OutputDirectoryError' });
  expect(opened.map(({ fd }) => fd)).toEqual([-1]);
});

it.each(['a link', 'another folder', 'nothing'])(
  'is told when %s takes its place',
  async (what) => {
    const folder = await OutputFolder.open(output);
    await rename(output, `${output}.aside`);
    if (what === 'a link') await symlink(`${output}.aside`, output);
    if (what === 'another folder') await mkdir(output);
    await expect(folder.check()).rejects.toMatchObject({ type: 'OutputDirectoryError' });
    await folder.close();
  },
);
