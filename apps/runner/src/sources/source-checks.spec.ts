import { mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lookAtSources } from './source-checks.ts';
import { framesOf } from './source-look.ts';
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
