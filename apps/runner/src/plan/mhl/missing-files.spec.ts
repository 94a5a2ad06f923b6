import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { missingFiles } from './missing-files.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'missing-'));
});
afterEach(() => rm(folder, { recursive: true }));

const inFolder = (...names: string[]) => names.map((name) => join(folder, name));

async function owners(sources: readonly string[], names: readonly string[]) {
  const paths = inFolder(...names);
  const found = await missingFiles(sources, [folder], new Map(paths.map((path) => [path, []])));
  return new Map(found.map(({ path, source }) => [path.slice(folder.length + 1), source]));
}

it('tells to which source each file belongs', async () => {
  const [red, plain, frame, still] = inFolder('A_001.R3D', 'C.mov', 'F.0001.ari', 'still.ari');
  const names = ['A_003.R3D', 'A.RMD', 'A_001.rmd', 'B_001.R3D', 'f.00017.ARI', 'G.1.ari'];
  const found = await owners([red, plain, frame, still] as string[], [
    ...names,
    '.F.2.ari',
    'C.mov',
  ]);
  expect(Object.fromEntries(found)).toEqual({
    'A_003.R3D': red,
    'A.RMD': red,
    'A_001.rmd': red,
    'B_001.R3D': null,
    'f.00017.ARI': frame,
    'G.1.ari': null,
    '.F.2.ari': null,
    'C.mov': plain,
  });
  expect([...(await owners([folder], ['F.1.ari', 'x.mov']))]).toEqual([
    ['F.1.ari', folder],
    ['x.mov', null],
  ]);
});

it('takes no longer for many files where there are many sources', async () => {
  const clips = Array.from({ length: 15_000 }, (_, n) => `A${n}`);
  const sources = inFolder(...clips.map((clip) => `${clip}_001.R3D`));
  const found = await owners(
    sources,
    clips.map((clip) => `${clip}_002.R3D`),
  );
  expect(found.size).toBe(clips.length);
  expect(found.get('A14999_002.R3D')).toBe(sources.at(-1));
});
