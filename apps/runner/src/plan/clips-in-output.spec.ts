import type { ProxyKey } from '@app/jobspec/ledger';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clipsInOutput } from './clips-in-output.ts';
import { RealNames } from './real-names.ts';

let day = '';
beforeAll(async () => {
  day = await mkdtemp(join(tmpdir(), 'day-'));
});
afterAll(() => rm(day, { recursive: true }));

const others = {
  pendingOutputs: new Map(),
  ended: new Map(),
  verified: new Map(),
  failed: new Set<ProxyKey>(),
  names: new RealNames(),
};
const told = (output: string) =>
  clipsInOutput([], others, {
    media: [day],
    place: { how: 'output', folder: output },
  } as never);

it('tells of a scan in the folder of proxies as of one in the medium', async () => {
  const scan = join(day, 'proxies/scan');
  await mkdir(scan, { recursive: true });
  for (const frame of ['1', '2', '3']) await writeFile(join(scan, `s.000${frame}.dpx`), '');
  const problems = await told(join(day, 'proxies'));
  expect(problems).toMatchObject([{ kind: 'refused' }]);
  expect(problems[0]?.reason).toContain('is a sequence of 3 images');
});

it('has nothing to tell of a folder that is still to be made', async () => {
  expect(await told(join(day, 'later'))).toEqual([]);
  await writeFile(join(day, 'file'), '');
  await symlink('nowhere', join(day, 'link'));
  for (const output of ['file', 'file/below', 'link'])
    expect(await told(join(day, output))).toEqual([]);
});
