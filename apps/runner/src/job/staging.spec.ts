import {
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JobFailure } from '@app/jobspec';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refuse } from '../../../../test/support/refusals.ts';
import { OutputFolder } from './output-folder.ts';
import { StagedFile, stagingFolderOf } from './staging.ts';

const SHA = '0123456789abcdef0123456789abcdef';
const NAME = '.0123456789abcdef-007.partial.mov';

let base = '';
let output = '';
let folder: OutputFolder;
let files: StagedFile[] = [];
beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'wfr-')));
  folder = await OutputFolder.open(base);
  output = join(base, 'A001.mov');
});
afterEach(async () => {
  await Promise.all(files.splice(0).map((file) => file.close()));
  await folder.close();
  await rm(base, { recursive: true });
});

const nothing = async () => undefined;

async function stage(beforeCreating: (path: string) => Promise<void> = nothing) {
  const file = await StagedFile.create(
    folder,
    '.mov',
    { jobSha256: SHA, index: 7 },
    beforeCreating,
  );
  files.push(file);
  return file;
}

/** A staged file in which something is written, through the path that programs get. */
async function written(): Promise<StagedFile> {
  const file = await stage();
  await writeFile(file.programPath, 'proxy');
  return file;
}

describe('a staging file', () => {
  it('is hidden beside its output, named after job and clip, and told before it is made', async () => {
    const told: [path: string, there: string[]][] = [];
    const { path } = await stage(async (name) => void told.push([name, await readdir(base)]));
    expect(path).toBe(join(base, NAME));
    expect(told).toEqual([[path, []]]);
    expect((await stat(path)).size).toBe(0);
  });

  it('never takes a file or a folder that is there', async () => {
    await writeFile(join(base, NAME), 'theirs');
    await mkdir(stagingFolderOf(join(base, NAME.replace('.partial', '-2.partial'))));
    expect((await stage()).path).toBe(join(base, NAME.replace('.partial', '-3.partial')));
    expect(await readFile(join(base, NAME), 'utf8')).toBe('theirs');
  });

  it('whose name is taken at that very moment gets the next one', async () => {
    const { path } = await stage(async (name) => {
      if (!name.includes('-2.')) await writeFile(name, 'theirs');
    });
    expect(path).toBe(join(base, NAME.replace('.partial', '-2.partial')));
  });
});

describe('a finished file', () => {
  it('has the rights of files there once it is whole; until then nobody else may write to it', async () => {
    const before = process.umask(0o002);
    try {
      const file = await written();
      expect((await stat(file.path)).mode & 0o777).toBe(0o600);
      await file.publish('A001.mov', nothing);
    } finally {
      process.umask(before);
    }
    expect((await stat(output)).mode & 0o777).toBe(0o664);
  });

  it.each([
    [
      'is moved away and another lies in its place',
      async (path: string) => {
        await rename(path, join(base, 'away'));
        await writeFile(path, 'theirs');
      },
    ],
    [
      'is moved away and a link lies in its place',
      async (path: string) => {
        await rename(path, join(base, 'away'));
        await symlink('/etc/hostname', path);
      },
    ],
    ['has a second name', (path: string) => link(path, join(base, 'theirs'))],
    ['is gone', (path: string) => rm(path)],
  ])('that %s is not published', async (_, happens) => {
    const file = await written();
    await happens(file.path);
    const publishing = file.publish('A001.mov', nothing);
    await expect(publishing).rejects.toThrow(JobFailure);
    await expect(publishing).rejects.toMatchObject({ type: 'OutputVerificationError' });
    expect(await readdir(base)).not.toContain('A001.mov');
  });

  it('is hashed as it is', async () => {
    const file = await written();
    const read: number[] = [];
    const { bytes, xxh64 } = await file.hash((count) => read.push(count));
    expect([bytes, xxh64]).toEqual([5, expect.stringMatching(/^[0-9a-f]{16}$/)]);
  });
});

describe('what a failed clip leaves', () => {
  it('is kept when something was written, and removed when nothing was', async () => {
    expect(await (await stage()).keep()).toBeNull();
    expect(await readdir(base)).toEqual([]);
    const file = await written();
    expect(await file.keep()).toBe(file.path);
  });

  it('is nothing where a link lies in its place', async () => {
    const file = await written();
    await rm(file.path);
    await symlink('/etc/hostname', file.path);
    expect(await file.keep()).toBeNull();
  });

  it.each([
    ['ENOENT', false],
    ['EACCES', true],
    ['EIO', true],
    ['ESTALE', true],
  ])('is named unless it is known to be gone: %s', async (code, isNamed) => {
    const file = await written();
    refuse('lstat', code);
    expect(await file.keep()).toBe(isNamed ? file.path : null);
  });
});
