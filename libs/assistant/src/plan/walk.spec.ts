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

async function walked(folder = '', most?: ConstructorParameters<typeof Walk>[1]) {
  const walk = new Walk(() => undefined, most);
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

  it('leaves out what lies deeper than on any card, and goes on', async () => {
    await put(`A/${'d/'.repeat(30)}a.mov`, 'B/b.mov');
    const walk = await walked();
    expect(found(walk)).toEqual(['B/b.mov']);
    const [problem, ...others] = walk.problems;
    expect(problem).toMatchObject({ kind: 'refused' });
    expect(problem?.reason).toContain('lies too deep');
    expect(others).toEqual([]);
  });

  it('leaves out a folder with too many files, and goes on', async () => {
    await put('A/1.mov', 'A/2.mov', 'A/.3.mov', 'B/b.mov');
    const walk = await walked('', { ofMedium: 4, ofFolder: 2 });
    expect(found(walk)).toEqual(['B/b.mov']);
    expect(walk.problems).toMatchObject([{ kind: 'refused', path: join(medium, 'A') }]);
  });

  it.each([
    ['', 4],
    ['.', 1],
  ])(
    'finds nothing in a medium with too many files %s, and goes on with others',
    async (hidden, most) => {
      await put(
        'A/1.mov',
        'A/2.mov',
        ...Array.from({ length: 11 }, (_, n) => `B/${hidden}${n}.mov`),
      );
      await put('C/1.mov');
      const walk = new Walk(() => undefined, { ofMedium: most, ofFolder: 100 });
      for (const name of ['A', 'B', 'C'].slice(hidden === '' ? 0 : 1))
        await walk.folder(join(medium, name), { how: 'output', folder: '' });
      expect(found(walk)).toEqual(hidden === '' ? ['A/1.mov', 'A/2.mov', 'C/1.mov'] : ['C/1.mov']);
      expect(walk.problems).toMatchObject([{ kind: 'refused', path: join(medium, 'B') }]);
    },
  );
});
