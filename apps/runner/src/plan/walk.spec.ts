import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Walk } from './walk.ts';

let medium = '';
beforeEach(async () => {
  medium = await mkdtemp(join(tmpdir(), 'wfr-'));
});
afterEach(() => rm(medium, { recursive: true }));

async function put(...names: string[]) {
  for (const name of names) {
    await mkdir(dirname(join(medium, name)), { recursive: true });
    await writeFile(join(medium, name), '');
  }
}

async function walked(folder = '') {
  const walk = new Walk(() => undefined);
  await walk.folder(medium, { how: 'output', folder });
  return walk;
}

const found = ({ found: all }: Walk) => all.map(({ path }) => path.slice(medium.length + 1));

describe('a walk through media', () => {
  it('finds files in the order of their names, folders after them', async () => {
    await put('b/B002.mov', 'b/B001.mov', 'a/A001.mov', 'C001.mov');
    expect(found(await walked())).toEqual(['C001.mov', 'a/A001.mov', 'b/B001.mov', 'b/B002.mov']);
  });

  it('passes over what is hidden, what systems leave, links, and the output folder', async () => {
    await put(
      '.hidden.mov',
      '.Trashes/a.mov',
      'System Volume Information/b.mov',
      'out/c.mov',
      'A.mov',
    );
    await symlink(join(medium, 'A.mov'), join(medium, 'link.mov'));
    const walk = await walked(join(medium, 'out'));
    expect(found(walk)).toEqual(['A.mov']);
    expect(walk.links).toBe(1);
  });

  it('takes a folder of RAW frames for one clip', async () => {
    await put('A001/A001.0001.ari', 'A001/A001.0002.ari');
    expect(found(await walked())).toEqual(['A001']);
  });

  it('lists hash lists, and takes them for no clips', async () => {
    await put('A001.mov', 'A001.mhl');
    const walk = await walked();
    expect(found(walk)).toEqual(['A001.mov']);
    expect(walk.lists).toEqual([join(medium, 'A001.mhl')]);
  });

  it('tells a sequence of images, of which no proxies are made', async () => {
    await put('r.0001.exr', 'r.0002.exr', 'r.0003.exr');
    const walk = await walked();
    expect(found(walk)).toEqual([]);
    expect(walk.problems).toMatchObject([{ kind: 'refused' }]);
  });

  it('ends where a tree is deeper than any card', async () => {
    await put(`${'d/'.repeat(30)}a.mov`);
    await expect(walked()).rejects.toThrow('lies too deep');
  });
});
