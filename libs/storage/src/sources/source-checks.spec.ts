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
  checkSources,
  openUnchanged,
  problemIn,
  withSource,
} from './source-checks.ts';
import { framesOf, stateOfSource } from './source-state.ts';
import { surveySource, surveySources } from './source-survey.ts';

let base = '';
beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'wfr-')));
});
afterEach(() => rm(base, { recursive: true }));

/** Three frames, one of them a link, as one job names each. */
async function statesOfFrames() {
  await writeFile(join(base, 'kept'), 'frame');
  const names = ['A001_00000001.ari', 'A001_00000002.ari', 'A001_00000003.ari'];
  const paths = names.map((name) => join(base, name));
  for (const path of paths.slice(1)) await writeFile(path, 'frame');
  await symlink(join(base, 'kept'), join(base, 'A001_00000001.ari'));
  return checkSources(paths.map((path) => ({ named: path, real: path })));
}

it('sources of one folder share what is kept of it', async () => {
  const states = await statesOfFrames();
  expect(states).toHaveLength(3);
  expect(new Set(states.map(({ folder }) => folder)).size).toBe(1);
  expect(new Set(states.map((state) => framesOf(state)?.frames)).size).toBe(1);
});

it('a frame in the middle of a sequence is refused, whoever else names it', async () => {
  const states = await statesOfFrames();
  const [first, second] = await Promise.all(states.map((state) => surveySource(state)));
  expect(second?.links).toEqual([join(base, 'A001_00000001.ari')]);
  expect([first?.fault, second?.fault]).toEqual([
    null,
    expect.stringContaining('It is frame 2 of a sequence that begins with 1'),
  ]);
  await expect(surveySources(states)).rejects.toMatchObject({
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
    await expect(checkSources([{ named: clip(), real: clip() }], roots)).rejects.toMatchObject({
      type: 'PathNotAllowedError',
      violations: [{ path: 'sources[0]' }],
    });
  });

  it('is read as it was looked at, or not at all', async () => {
    const state = await stateOfSource(clip(), roots);
    expect(await withSource(state, read)).toBe('clip');
    await exchange();
    await expect(withSource(state, read)).rejects.toMatchObject({ type: 'PathNotAllowedError' });
    const { fingerprint } = await surveySource(state);
    for (const open of [openUnchanged, checkUnchanged])
      await expect(open(clip(), fingerprint, roots)).rejects.toMatchObject({
        type: 'SourceChangedError',
      });
  });

  it.runIf(process.platform === 'linux')(
    'stays the same file whatever is put in the place of its name',
    async () => {
      const state = await stateOfSource(clip(), roots);
      const { fingerprint } = await surveySource(state);
      const source = await openUnchanged(clip(), fingerprint, roots);
      await exchange();
      expect(await read(source.file)).toBe('clip');
      await source.close();
      const reading = withSource(await stateOfSource(join(outside(), 'clip.mov')), async (file) => {
        await rm(join(outside(), 'clip.mov'));
        return read(file);
      });
      expect(await reading).toBe('secret');
    },
  );

  it('that was replaced is another one', async () => {
    const state = await stateOfSource(clip(), roots);
    await writeFile(join(base, 'other'), 'other');
    await rename(join(base, 'other'), clip());
    await expect(withSource(state, read)).rejects.toMatchObject({ type: 'SourceChangedError' });
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
    const states = checkSources([{ named: join(base, 'a.mov'), real: join(base, 'a.mov') }]);
    await expect(states).rejects.toMatchObject({ type: 'MissingSourcesError' });
  });
});

it('a stop ends the check of sources before the next of them, and between frames', async () => {
  const stop = new AbortController();
  const states = await statesOfFrames();
  stop.abort(new Error('stopped'));
  await expect(surveySources(states, stop.signal)).rejects.toThrow('stopped');
  await writeFile(join(base, 'a.mov'), 'clip');
  const clip = await stateOfSource(join(base, 'a.mov'));
  await expect(surveySource(clip, stop.signal)).rejects.toThrow('stopped');
});
