import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OpenDirectory } from '../../../../libs/storage/src/files/open-directory.ts';
import { clearFolder, takeRenderedFile } from './resolve.engine.ts';

let folder = '';
let staging = '';
beforeEach(async () => {
  const root = await mkdtemp(join(tmpdir(), 'rendered-'));
  folder = join(root, 'private');
  staging = join(root, 'proxy.partial.mov');
  await mkdir(folder);
  await writeFile(staging, '');
});
afterEach(() => rm(dirname(folder), { recursive: true }));

const write = (name: string, text: string) => writeFile(join(folder, name), text);
const kept = () => readFile(staging, 'utf8');
const left = async () => (await readdir(dirname(folder))).toSorted();

describe('clearFolder', () => {
  it('keeps the only file of a render that failed', async () => {
    await write('proxy.mov', 'half');
    await clearFolder(await OpenDirectory.open(folder), staging);
    expect(await kept()).toBe('half');
    expect(await left()).toEqual(['proxy.partial.mov']);
  });

  it('never puts what came later in the place of the render', async () => {
    await write('proxy.mov', 'render');
    expect(await takeRenderedFile(folder, staging)).toBeNull();
    await write('.DS_Store', 'of a file browser');
    await clearFolder(await OpenDirectory.open(folder), staging);
    expect(await kept()).toBe('render');
    expect(await readdir(folder)).toEqual(['.DS_Store']);
  });

  it('leaves the folder of somebody else, and says nothing of it', async () => {
    await mkdir(join(folder, '@eaDir'));
    await clearFolder(await OpenDirectory.open(folder), staging);
    expect(await kept()).toBe('');
    expect(await readdir(folder)).toEqual(['@eaDir']);
  });
});
