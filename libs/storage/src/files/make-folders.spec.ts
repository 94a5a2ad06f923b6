import fs, {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LinkOnTheWay, makeFolders } from './make-folders.ts';

const { mkdir: mkdirOfSystem, stat: statOfSystem } = fs;

/** Action of somebody else as soon as a folder is made. */
function attackAfterMkdir(attack: () => Promise<void>) {
  replaceMkdir(async (...args) => {
    const made = await mkdirOfSystem(...args);
    await attack();
    return made;
  });
}

function replaceMkdir(
  replacement: (...args: Parameters<typeof mkdir>) => Promise<string | undefined>,
) {
  fs.mkdir = replacement as typeof mkdir;
  syncBuiltinESMExports();
}

/** File system that doesn't give a folder's time of creation. */
function forgetBirthtimes() {
  const without = async (...args: Parameters<typeof stat>) =>
    Object.assign(await statOfSystem(...args), { birthtimeMs: 0 });
  fs.stat = without as typeof stat;
  syncBuiltinESMExports();
}

let base = '';
let root = '';
let elsewhere = '';
beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'folders-')));
  [root, elsewhere] = [join(base, 'proxies'), join(base, 'elsewhere')];
  await mkdir(root);
  await mkdir(elsewhere);
  await chmod(root, 0o2775);
});
afterEach(async () => {
  fs.stat = statOfSystem;
  replaceMkdir(mkdirOfSystem);
  await rm(base, { recursive: true });
});

const rights = async (path: string) => ((await stat(path)).mode & 0o7777).toString(8);

it('makes what is missing, and leaves what is there as it is', async () => {
  const there = join(root, 'media');
  await mkdir(there);
  await chmod(there, 0o2750);
  await makeFolders(join(there, 'day', 'cam'), root);
  expect(await rights(there)).toBe('2750');
  await makeFolders(join(root, 'new', 'cam'), root);
  await makeFolders(join(root, 'new', 'cam'), root);
  for (const made of ['new', 'new/cam'])
    expect(Number.parseInt(await rights(join(root, made)), 8) & 0o2070).toBe(0o2070);
});

it('follows no link below the folder that was named', async () => {
  await chmod(elsewhere, 0o2770);
  const link = join(root, 'media');
  await symlink(elsewhere, link);
  for (const path of [link, join(link, 'day')]) {
    await expect(makeFolders(path, root)).rejects.toThrow(LinkOnTheWay);
    await expect(makeFolders(path, root)).rejects.toThrow(`${link} is a link`);
  }
  expect(await readdir(elsewhere)).toEqual([]);
});

it('follows no link that leads nowhere yet', async () => {
  await symlink(join(elsewhere, 'later'), join(root, 'media'));
  await expect(makeFolders(join(root, 'media', 'day'))).rejects.toThrow(LinkOnTheWay);
  expect(await readdir(elsewhere)).toEqual([]);
});

it('follows the links of the folder that was named', async () => {
  const named = join(base, 'named');
  await symlink(root, named);
  await makeFolders(join(named, 'new', 'day'), join(named, 'new'));
  expect(await readdir(join(root, 'new'))).toEqual(['day']);
});

it('says what it can not make by the name that people know', async () => {
  const file = join(root, 'file');
  await writeFile(file, '');
  await expect(makeFolders(join(file, 'day'), root)).rejects.toMatchObject({
    code: 'EEXIST',
    path: file,
  });
});

it.runIf(process.platform === 'linux').each([
  ['with files', ['key'], true],
  ['that is empty', [], true],
  ['that is empty, of unknown age,', [], false],
])(
  'opens no folder %s that somebody puts in the place of the new one',
  async (_, files, isTold) => {
    const [secret, made] = [join(root, 'secret'), join(root, 'media')];
    await mkdir(secret, 0o700);
    await chmod(secret, 0o700);
    for (const file of files) await writeFile(join(secret, file), '');
    // Times of files are no finer than the clock that ticks for them.
    await vi.waitFor(async () => {
      await chmod(root, 0o2775);
      expect((await stat(root)).ctimeMs).toBeGreaterThan((await stat(secret)).birthtimeMs);
    });
    attackAfterMkdir(async () => {
      await rename(made, join(root, 'away'));
      await rename(secret, made);
    });
    if (!isTold) forgetBirthtimes();
    await makeFolders(made);
    expect(await rights(made)).toBe('700');
  },
);

it('shares a new folder also where the file system does not tell when it was made', async () => {
  forgetBirthtimes();
  await makeFolders(join(root, 'media'));
  expect(await rights(join(root, 'media'))).toBe('2775');
});

it('makes and shares nothing behind a link that somebody puts in the place of the new folder', async () => {
  await chmod(elsewhere, 0o700);
  attackAfterMkdir(async () => {
    replaceMkdir(mkdirOfSystem);
    await rename(join(root, 'media'), join(root, 'away'));
    await symlink(elsewhere, join(root, 'media'));
  });
  await expect(makeFolders(join(root, 'media', 'day'))).rejects.toThrow(LinkOnTheWay);
  expect(await readdir(elsewhere)).toEqual([]);
  expect(await rights(elsewhere)).toBe('700');
});
