import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { constants } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refuse, systemError } from '../../../../test/support/refusals.ts';
import { checkNoOutputExists, checkOutputDirectory, checkSameDirectory } from './places.ts';

let base = '';
beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'wfr-')));
});
afterEach(() => rm(base, { recursive: true }));

const SAID = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EACCES: 'is not writable',
  EPERM: 'is not writable',
  EROFS: 'is not writable',
  ENAMETOOLONG: 'has too long a path for the output names',
  ELOOP: "can't be used (too many symbolic links encountered)",
  EIO: "can't be used (i/o error)",
};
const SENTENCES = Object.entries(SAID);

describe('an output directory', () => {
  it.each(SENTENCES)('%s: it %s', async (code, words) => {
    refuse('stat', code);
    const said = { type: 'OutputDirectoryError', message: expect.stringContaining(words) };
    await expect(checkOutputDirectory(base)).rejects.toMatchObject(said);
  });

  it.each(SENTENCES)('%s, when it was made real: it %s', async (code, words) => {
    const said = { type: 'OutputDirectoryError', message: expect.stringContaining(words) };
    const checking = checkOutputDirectory(base, '/named', systemError(code));
    await expect(checking).rejects.toMatchObject(said);
    await expect(checking).rejects.toThrow('/named');
    refuse('realpath', code);
    await expect(checkSameDirectory(base)).rejects.toMatchObject(said);
  });

  it.each(['EACCES', 'EIO'])('whose names can’t be looked at is refused: %s', async (code) => {
    refuse('lstat', code);
    const checking = checkNoOutputExists([join(base, 'a')]);
    await expect(checking).rejects.toMatchObject({ type: 'OutputDirectoryError' });
  });

  it.each([
    ['written to', constants.W_OK, 'is not writable'],
    ['entered', constants.X_OK, 'is not writable'],
    ['read', constants.R_OK, 'is not readable'],
  ])('that may not be %s is refused', async (_, right, words) => {
    await checkOutputDirectory(base);
    refuse('access', 'EACCES', (_path, mode) => (Number(mode) & right) !== 0);
    await expect(checkOutputDirectory(base)).rejects.toThrow(words);
  });

  it('is none where it is a file', async () => {
    await writeFile(join(base, 'file'), '');
    await expect(checkOutputDirectory(join(base, 'file'))).rejects.toThrow('is not a directory');
  });
});

it('outputs that are there are all told, and those below a file are free', async () => {
  for (const name of ['a', 'c']) await writeFile(join(base, name), '');
  const paths = ['a', 'b', 'c', 'a/d'].map((name) => join(base, name));
  await expect(checkNoOutputExists(paths)).rejects.toMatchObject({
    type: 'OutputCollisionError',
    violations: [{ path: 'sources[0]' }, { path: 'sources[2]' }],
  });
});
