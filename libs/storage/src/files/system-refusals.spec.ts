import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { refuse, refuseOpened, systemError, watch } from '../../../../test/support/refusals.ts';
import { createOwnFile, HeldEntry, OpenDirectory } from './open-directory.ts';
import { exists, folderFault, isEmptyDirectory } from './folder-fault.ts';
import { isNoSpace } from './system-error.ts';
import { isOneFile, onUnsyncable, syncDirectory } from './durable-file.ts';
import { makeFolders } from './make-folders.ts';
import { openEntry, openRegular } from './regular-file.ts';
import { realPathOf } from './real-path.ts';
import { withinSeconds } from './storage-deadline.ts';

/** What the system answers where nothing is there, and some of its other answers. */
const NOTHING_THERE = ['ENOENT', 'ENOTDIR'];
const OTHERS = ['EACCES', 'EPERM', 'EIO', 'ELOOP', 'ESTALE', 'ENAMETOOLONG'];

let base = '';
beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'wfr-')));
});
afterEach(() => rm(base, { recursive: true }));

describe('where nothing is there', () => {
  it.each(NOTHING_THERE)('a name is free: %s', async (code) => {
    refuse('lstat', code);
    expect(await exists('/x')).toBe(false);
  });

  it.each(NOTHING_THERE)('a path is real as far as it leads: %s', async (code) => {
    refuse('realpath', code, (path) => path === join(base, 'a', 'b'));
    expect(await realPathOf(join(base, 'a', 'b'))).toEqual({
      named: join(base, 'a', 'b'),
      real: join(base, 'a', 'b'),
    });
  });

  it.each(NOTHING_THERE)('folders are made from what is there on: %s', async (code) => {
    const path = join(base, 'a', 'b');
    refuse('realpath', code, (one) => one !== base);
    await makeFolders(path);
    expect(await exists(path)).toBe(true);
  });

  it.each(NOTHING_THERE)('a folder is judged by the one above it: %s', async (code) => {
    refuse('stat', code, (path) => path === join(base, 'a'));
    expect(await folderFault(join(base, 'a'))).toBeNull();
  });
});

describe('any other answer is told', () => {
  it.each(OTHERS)('of a name: %s', async (code) => {
    refuse('lstat', code);
    await expect(exists('/x')).rejects.toMatchObject({ code });
    await expect(isOneFile('/x', '/y')).rejects.toMatchObject({ code });
  });

  it.each(OTHERS)('of a path: %s', async (code) => {
    refuse('realpath', code);
    expect(await realPathOf(base)).toMatchObject({ real: base, fault: { code } });
    await expect(makeFolders(base)).rejects.toMatchObject({ code });
  });

  it.each(OTHERS)('of a folder: %s', async (code) => {
    refuse('stat', code);
    expect((await folderFault(base))?.fact).toMatch(/^can't be written to: /);
  });
});

describe('a folder that can’t be written to', () => {
  it('is one that may not be entered, too', async () => {
    const asked: unknown[] = [];
    watch('access', (go, ...args) => {
      asked.push(args[1]);
      return go();
    });
    await folderFault(base);
    expect(asked).toEqual([0b011]);
  });

  it.each([
    ['a file', 'is not a folder'],
    ['a link to nothing', 'is a link that leads nowhere'],
  ])('is %s', async (what, fact) => {
    const path = join(base, 'x');
    if (what === 'a file') await writeFile(path, '');
    else await symlink(join(base, 'nothing'), path);
    expect(await folderFault(path)).toEqual({ path, fact });
  });
});

describe('the names in a directory', () => {
  it.each(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EBADF', 'EISDIR'])(
    'are as durable as the file system makes them, and somebody is told of it once: %s',
    async (code) => {
      const tell = vi.fn<(directory: string) => void>();
      onUnsyncable(tell);
      // Each of them is another file system.
      watch('stat', async () => ({ dev: code }));
      refuse('open', code, (path) => path === base);
      await syncDirectory(base);
      await syncDirectory(base);
      expect(tell.mock.calls).toEqual([[base]]);
    },
  );

  it.each(['EIO', 'ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'ENOENT'])(
    'are not durable, and that is told: %s',
    async (code) => {
      refuse('open', code, (path) => path === base);
      await expect(syncDirectory(base)).rejects.toMatchObject({ code });
    },
  );
});

it.each([
  ['ENOSPC', true],
  ['EDQUOT', true],
  ['EIO', false],
  ['EFBIG', false],
])('%s is want of space: %s', (code, isWant) => {
  expect(isNoSpace(systemError(code))).toBe(isWant);
});

it('a folder that is listed too late is closed then', async () => {
  let list: (entry: null) => void = () => undefined;
  const close = vi.fn<() => Promise<void>>(async () => undefined);
  watch('opendir', async () => ({ read: () => new Promise((done) => (list = done)), close }));
  const asked = withinSeconds(0.05, () => isEmptyDirectory(base));
  await expect(asked).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  expect(close).not.toHaveBeenCalled();
  list(null);
  await vi.waitFor(() => expect(close).toHaveBeenCalledOnce());
});

describe('a file that is opened', () => {
  it.each(['a directory', 'a FIFO', 'a link to a device'])('is not %s', async (what) => {
    const path = join(base, 'x');
    if (what === 'a directory') await mkdir(path);
    if (what === 'a FIFO') await execa('mkfifo', [path]);
    if (what === 'a link to a device') await symlink('/dev/zero', path);
    await expect(openRegular(path)).rejects.toThrow('it is not a regular file');
  });

  it('is no link in a folder that others write to', async () => {
    await symlink('/dev/null', join(base, 'x'));
    await expect(openEntry(join(base, 'x'))).rejects.toThrow('it is a symbolic link');
  });

  it('is not left open where it is refused', async () => {
    const opened: { fd: number }[] = [];
    watch('open', async (go) => {
      const file = (await go()) as { fd: number };
      opened.push(file);
      return file;
    });
    await expect(openRegular(base)).rejects.toThrow('it is not a regular file');
    expect(opened.map(({ fd }) => fd)).toEqual([-1]);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['a folder', () => OpenDirectory.open(base)],
    ['an entry', () => HeldEntry.open(base)],
    ['a new file', () => createOwnFile(join(base, 'x'))],
  ])('is not left open where the system says nothing of it: %s', async (_, open) => {
    const opened = refuseOpened('stat');
    await expect(open()).rejects.toMatchObject({ code: 'EIO' });
    expect(opened.map(({ fd }) => fd)).toEqual([-1]);
  });

  it('and only held is let go whatever the system says', async () => {
    watch('open', async (go) => {
      const file = (await go()) as { close(): Promise<void> };
      const close = file.close.bind(file);
      return Object.assign(file, {
        close: () => close().then(() => Promise.reject(systemError('EIO'))),
      });
    });
    const held = await HeldEntry.open(base);
    await expect(held.close()).resolves.toBeUndefined();
  });

  it('is made by us, or not at all', async () => {
    await writeFile(join(base, 'theirs'), 'x');
    expect(await createOwnFile(join(base, 'theirs'))).toBeNull();
    refuse('open', 'EACCES');
    await expect(createOwnFile(join(base, 'ours'))).rejects.toMatchObject({ code: 'EACCES' });
  });
});
