import { mkdir, mkdtemp, readdir, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VideoPlan } from '../../../../libs/engines/src/proxy/plan/proxy-plan.ts';
import { ShowLut } from '../../../../libs/engines/src/look/look.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { filterFiles } from '../../../../libs/engines/src/ffmpeg/burn-in-graph.ts';
import { writeTables } from './look-files.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wfr-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function writeLook(tablesFolder = folder): Promise<void> {
  const domain = { min: [0, 0, 0], max: [1, 1, 1] } as const;
  const cube = { size: 2, domain, values: new Float32Array(24).fill(0.5) };
  const levels = { black: 0, white: 4095, max: 4095 };
  const lut = new ShowLut('', { curves: null, cube });
  const look = { cdl: null, lut, levels: 'data', tablesFolder };
  const plan = { look: { look, from: levels, to: levels }, burnIn: null };
  await writeTables(filterFiles(plan as unknown as VideoPlan));
}

it('tables of a look have the date of their last use, so that older ones are those of no younger result', async () => {
  await writeLook();
  const names = await readdir(folder);
  expect(names.length).toBeGreaterThan(0);
  const before = await Promise.all(names.map((name) => stat(join(folder, name))));
  for (const name of names) await utimes(join(folder, name), 1, 1);
  const began = Date.now();
  await writeLook();
  expect(await readdir(folder)).toEqual(names);
  for (const [index, name] of names.entries()) {
    const { ino, size, mtimeMs } = await stat(join(folder, name));
    expect([ino, size]).toEqual([before[index]?.ino, before[index]?.size]);
    expect(mtimeMs).toBeGreaterThan(began - 1000);
  }
});

it('the folder of tables is made, and none above it: its volume may be gone', async () => {
  const own = join(folder, '.runner');
  await expect(writeLook(join(own, 'looks'))).rejects.toThrow('ENOENT');
  expect(await readdir(folder)).toEqual([]);
  await mkdir(own);
  await writeLook(join(own, 'looks'));
  expect(await readdir(own)).toEqual(['looks']);
});
