import type { BigIntStats } from 'node:fs';
import { link, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JobFailure } from '@app/jobspec';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { refuse, watch } from '../../../../test/support/refusals.ts';
import { publish } from './publish.ts';

let base = '';
let path = '';
let output = '';
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'wfr-'));
  [path, output] = [join(base, 'staged'), join(base, 'A001.mov')];
  await writeFile(path, 'proxy');
});
afterEach(() => rm(base, { recursive: true }));

const names = async () => (await readdir(base)).toSorted();
const identityOf = (file: string) => stat(file, { bigint: true });

describe('a finished file', () => {
  it('has its final name and no other', async () => {
    await publish({ path, identity: await identityOf(path) }, output);
    expect(await names()).toEqual(['A001.mov']);
  });

  it('replaces nothing', async () => {
    await writeFile(output, 'theirs');
    const publishing = publish({ path, identity: await identityOf(path) }, output);
    await expect(publishing).rejects.toMatchObject({ type: 'OutputCollisionError' });
    expect(await readFile(output, 'utf8')).toBe('theirs');
    expect(await names()).toEqual(['A001.mov', 'staged']);
  });

  it('has its name already where the answer to the first try was lost', async () => {
    await link(path, output);
    await publish({ path, identity: await identityOf(path) }, output);
    expect(await names()).toEqual(['A001.mov']);
  });

  it('has its final name alone where a second name has an inode number of its own', async () => {
    watch('lstat', async (go, name) => {
      const stats = (await go()) as BigIntStats;
      return name === output && stats.nlink > 1n ? Object.assign(stats, { ino: 1n }) : stats;
    });
    const beforeReserving = vi.fn<() => Promise<void>>(async () => undefined);
    await publish({ path, identity: await identityOf(path) }, output, { beforeReserving });
    expect(await names()).toEqual(['A001.mov']);
    expect(await readFile(output, 'utf8')).toBe('proxy');
    expect(beforeReserving).toHaveBeenCalledOnce();
  });

  it.each([false, true])(
    'counts as submitted if a runner claims it at once (and its name is taken again: %s)',
    async (isTakenAgain) => {
      watch('link', async (go) => {
        await go();
        await rename(output, join(base, 'claimed'));
        if (isTakenAgain) await writeFile(output, 'theirs');
      });
      await publish({ path, identity: await identityOf(path) }, output, { mayMoveOn: true });
      expect(await readFile(join(base, 'claimed'), 'utf8')).toBe('proxy');
      expect(await names()).toEqual([...(isTakenAgain ? ['A001.mov'] : []), 'claimed']);
    },
  );

  it('takes its name back when another file got it', async () => {
    await writeFile(join(base, 'other'), 'other');
    const identity = await identityOf(join(base, 'other'));
    const publishing = publish({ path, identity }, output);
    await expect(publishing).rejects.toThrow(JobFailure);
    await expect(publishing).rejects.toMatchObject({ type: 'OutputVerificationError' });
    expect(await names()).toEqual(['other', 'staged']);
  });

  it('leaves alone what somebody puts under its name before the name is safe', async () => {
    const afterNaming = async () => {
      await rm(output);
      await writeFile(output, 'theirs');
      throw new Error('the folder is gone');
    };
    const publishing = publish({ path, identity: await identityOf(path) }, output, { afterNaming });
    await expect(publishing).rejects.toThrow('the folder is gone');
    expect(await readFile(output, 'utf8')).toBe('theirs');
    expect(await readFile(path, 'utf8')).toBe('proxy');
  });
});

describe('where the file system has no hard links', () => {
  it.each(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV'])(
    'a finished file gets its name by a reservation: %s',
    async (code) => {
      refuse('link', code);
      const beforeReserving = vi.fn<() => Promise<void>>(async () => undefined);
      await publish({ path, identity: await identityOf(path) }, output, { beforeReserving });
      expect(await names()).toEqual(['A001.mov']);
      expect(await readFile(output, 'utf8')).toBe('proxy');
      expect(beforeReserving).toHaveBeenCalledTimes(1);
    },
  );

  it('a finished file replaces nothing', async () => {
    refuse('link', 'EPERM');
    await writeFile(output, 'theirs');
    const publishing = publish({ path, identity: await identityOf(path) }, output);
    await expect(publishing).rejects.toMatchObject({ type: 'OutputCollisionError' });
    expect(await readFile(output, 'utf8')).toBe('theirs');
  });

  it('a finished file replaces nothing that comes while its name is being reserved', async () => {
    refuse('link', 'EPERM');
    const beforeReserving = () => writeFile(output, 'theirs');
    const identity = await identityOf(path);
    const publishing = publish({ path, identity }, output, { beforeReserving });
    await expect(publishing).rejects.toMatchObject({ type: 'OutputCollisionError' });
    expect(await readFile(output, 'utf8')).toBe('theirs');
  });

  it('a file that can not be renamed leaves no empty one', async () => {
    refuse('link', 'EPERM');
    refuse('rename', 'EIO');
    const publishing = publish({ path, identity: await identityOf(path) }, output);
    await expect(publishing).rejects.toMatchObject({ code: 'EIO' });
    expect(await names()).toEqual(['staged']);
  });
});

it.each(['EACCES', 'ENOSPC', 'EIO', 'ENOENT'])(
  'what else stops a link stops it: %s',
  async (code) => {
    refuse('link', code);
    const publishing = publish({ path, identity: await identityOf(path) }, output);
    await expect(publishing).rejects.toMatchObject({ code });
    expect(await names()).toEqual(['staged']);
  },
);

it('why a name was taken back is told, also where that fails', async () => {
  const afterNaming = async () => {
    refuse('rm', 'EACCES', (name) => name === output);
    throw new Error('the folder is gone');
  };
  const publishing = publish({ path, identity: await identityOf(path) }, output, { afterNaming });
  await expect(publishing).rejects.toThrow('the folder is gone');
});
