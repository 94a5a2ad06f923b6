import type { ProxyKey } from '@app/jobspec/ledger';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withoutMade } from './made.ts';
import { RealNames } from './real-names.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'made-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What is left to be made of a clip whose proxy would be this file. */
const leftOf = (source: string, output: string) => {
  const document = { clips: [{ path: source }], outputs: [output], directory: folder };
  const others = {
    pendingOutputs: new Map(),
    ended: new Map(),
    verified: new Map(),
    failed: new Set<ProxyKey>(),
    names: new RealNames(),
  };
  return withoutMade([document as never], others, { naming: '{source_name}' } as never);
};

it.each([
  ['an empty file', (path: string) => writeFile(path, '')],
  ['a folder', (path: string) => mkdir(path)],
])('takes %s of its name for no proxy, and leaves it', async (what, make) => {
  const [source, output] = [join(folder, 'C002.mov'), join(folder, `${what}.mp4`)];
  await writeFile(source, 'clip');
  await make(output);
  const [problem] = (await leftOf(source, output)).problems;
  expect(problem?.reason).toBe(
    `${output} is in the way: it is empty, or not a file. Move it away.`,
  );
});

it('takes a proxy for made though the clip is of tomorrow, as a camera that was ahead has it', async () => {
  const [source, output] = [join(folder, 'C001.mov'), join(folder, 'C001.mp4')];
  await writeFile(source, 'clip');
  const tomorrow = Date.now() / 1000 + 86_400;
  await utimes(source, tomorrow, tomorrow);
  await writeFile(output, 'proxy');
  const now = Date.now() / 1000 + 1;
  await utimes(output, now, now);
  const left = () => leftOf(source, output);
  expect(await left()).toMatchObject({ made: 1, documents: [], problems: [] });

  const before = Date.now() / 1000 - 86_400;
  await utimes(output, before, before);
  expect(await left()).toMatchObject({ made: 0, problems: [{ kind: 'proxy', path: source }] });
});
