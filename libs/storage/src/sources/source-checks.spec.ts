import {
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Roots } from '../files/real-path.ts';
import { refuse, systemError } from '../../../../test/support/refusals.ts';
import {
  checkUnchanged,
  lookAtSources,
  openUnchanged,
  problemIn,
  withSource,
} from './source-checks.ts';
import { framesOf, lookAtSource } from './source-look.ts';
import { surveySource, surveySources } from './source-survey.ts';

let base = '';
beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'wfr-')));
});
afterEach(() => rm(base, { recursive: true }));

/** Three frames, one of them a link, as one job names each. */
async function lookAtFrames() {
  await writeFile(join(base, 'kept'), 'frame');
  const names = ['A001_00000001.ari', 'A001_00000002.ari', 'A001_00000003.ari'];
  const paths = names.map((name) => join(base, name));
  for (const path of paths.slice(1)) await writeFile(path, 'frame');
  await symlink(join(base, 'kept'), join(base, 'A001_00000001.ari'));
  return lookAtSources(paths.map((path) => ({ named: path, real: path })));
}

it('sources of one folder share what is kept of it', async () => {
  const looks = await lookAtFrames();
  expect(looks).toHaveLength(3);
  expect(new Set(looks.map(({ folder }) => folder)).size).toBe(1);
  expect(new Set(looks.map((look) => framesOf(look)?.frames)).size).toBe(1);
});

it('a frame in the middle of a sequence is refused, whoever else names it', async () => {
  const looks = await lookAtFrames();
  const [first, second] = await Promise.all(looks.map((look) => surveySource(look)));
  expect(second?.links).toEqual([join(base, 'A001_00000001.ari')]);
  expect([first?.fault, second?.fault]).toEqual([
    null,
    expect.stringContaining('It is frame 2 of a sequence that begins with 1'),
  ]);
  await expect(surveySources(looks)).rejects.toMatchObject({
    message: expect.stringMatching(/frame 2 of a sequence[^]*frame 3 of a sequence/),
  });
});

describe('a source of allowed roots', () => {
  const clip = () => join(base, 'root', 'a', 'clip.mov');
  const outside = () => join(base, 'private');
  let roots = Roots.anywhere;
  beforeEach(async () => {
    for (const path of [dirname(clip()), outside()]) await mkdir(path, { recursive: true });
    await writeFile(clip(), 'clip');
    await writeFile(join(outside(), 'clip.mov'), 'secret');
    roots = await Roots.of([join(base, 'root')]);
  });
  const read = (file: string) => readFile(file, 'utf8');
  /** Somebody puts a link in the place of its folder. */
  async function exchange() {
    await rename(dirname(clip()), join(base, 'root', 'aside'));
    await symlink(outside(), dirname(clip()));
  }

  it('is refused where its path leads out of them by now', async () => {
    await exchange();
    await expect(lookAtSources([{ named: clip(), real: clip() }], roots)).rejects.toMatchObject({
      type: 'PathNotAllowedError',
      violations: [{ path: 'sources[0]' }],
    });
  });

  it('is read as it was looked at, or not at all', async () => {
    const look = await lookAtSource(clip(), roots);
    expect(await withSource(look, read)).toBe('clip');
    await exchange();
    await expect(withSource(look, read)).rejects.toMatchObject({ type: 'PathNotAllowedError' });
    const { fingerprint } = await surveySource(look);
    for (const open of [openUnchanged, checkUnchanged])
      await expect(open(clip(), fingerprint, roots)).rejects.toMatchObject({
        type: 'SourceChangedError',
      });
  });

  it.runIf(process.platform === 'linux')(
    'stays the same file whatever is put in the place of its name',
    async () => {
      const look = await lookAtSource(clip(), roots);
      const { fingerprint } = await surveySource(look);
      const source = await openUnchanged(clip(), fingerprint, roots);
      await exchange();
      expect(await read(source.file)).toBe('clip');
      await source.close();
      const reading = withSource(await lookAtSource(join(outside(), 'clip.mov')), async (file) => {
        await rm(join(outside(), 'clip.mov'));
        return read(file);
      });
      expect(await reading).toBe('secret');
    },
  );

  it('that was replaced is another one', async () => {
    const look = await lookAtSource(clip(), roots);
    await writeFile(join(base, 'other'), 'other');
    await rename(join(base, 'other'), clip());
    await expect(withSource(look, read)).rejects.toMatchObject({ type: 'SourceChangedError' });
  });
});

describe('what the system says of a source', () => {
  it.each([
    ['ENOENT', ''],
    ['ENOTDIR', ''],
    ['EACCES', 'not readable'],
    ['EPERM', 'not readable'],
    ['ELOOP', 'too many symbolic links encountered'],
    ['EIO', 'i/o error'],
  ])('%s is told as "%s"', (code, words) => {
    expect(problemIn(systemError(code))).toBe(words);
  });

  it.each(['ENOENT', 'EACCES', 'EIO'])('%s is a source that is missing', async (code) => {
    await writeFile(join(base, 'a.mov'), '');
    refuse('open', code, (path) => path === join(base, 'a.mov'));
    const looks = lookAtSources([{ named: join(base, 'a.mov'), real: join(base, 'a.mov') }]);
    await expect(looks).rejects.toMatchObject({ type: 'MissingSourcesError' });
  });
});

it('a stop ends the look at sources before the next of them, and between frames', async () => {
  const stop = new AbortController();
  const looks = await lookAtFrames();
  stop.abort(new Error('stopped'));
  await expect(surveySources(looks, stop.signal)).rejects.toThrow('stopped');
  await writeFile(join(base, 'a.mov'), 'clip');
  const clip = await lookAtSource(join(base, 'a.mov'));
  await expect(surveySource(clip, stop.signal)).rejects.toThrow('stopped');
});
