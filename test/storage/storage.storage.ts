import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { makeStandInMedia } from '../support/stand-in-media.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { runInMachine } from './machine.ts';

const SUPPORT = fileURLToPath(new URL('../../docs/support.md', import.meta.url));
const wanted = process.env['STORAGE_WANTED'] ?? 'rounds,kills';
const folder = useTemporaryFolder();

beforeAll(async () => {
  await makeStandInMedia(folder.path);
  expect(await runInMachine(folder.path, wanted)).toBe(0);
}, 85 * 60_000);

it('each file system holds what docs/support.md says of it', async () => {
  const table = await readFile(`${folder.path}/table.md`, 'utf8');
  expect(await readFile(SUPPORT, 'utf8')).toContain(table);
});

it('kills of runner and server lose nothing, do nothing twice and leave nothing untrue', async () => {
  expect(JSON.parse(await readFile(`${folder.path}/kills.json`, 'utf8'))).toEqual([]);
});
