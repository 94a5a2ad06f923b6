import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { refuseOpened } from '../../../../test/support/refusals.ts';
import { jsonOf } from './raw-file.ts';

it('a file of which nothing is told any more is not left open', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'raw-file-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'a.json');
  await writeFile(path, '{}');
  const opened = refuseOpened('stat');
  const pieces: unknown[] = [];
  for await (const piece of jsonOf({ path, stamp: '1:2:3', bytes: 2, isJson: true }))
    pieces.push(piece);
  expect(pieces).toEqual(['null']);
  expect(opened.map(({ fd }) => fd)).toEqual([-1]);
});
