import { mkdtemp, opendir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eachEntry } from './folder-fault.ts';

const NAMES = Array.from({ length: 100 }, (_, number) => `${number}.json`);

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wfr-'));
  for (const name of NAMES) await writeFile(join(folder, name), '');
});
afterAll(() => rm(folder, { recursive: true }));

const opened = () => opendir(folder, { bufferSize: 8 });

it.each([
  ['at once', () => undefined],
  ['later', () => Promise.resolve()],
])('every entry is told once, and answered %s', async (_, answer) => {
  const names: string[] = [];
  await eachEntry(await opened(), ({ name }) => {
    names.push(name);
    return answer();
  });
  expect(names.toSorted()).toEqual(NAMES.toSorted());
});

it.each([
  [
    'thrown',
    () => {
      throw new Error('no more');
    },
  ],
  ['a promise', () => Promise.reject(new Error('no more'))],
])('what goes wrong ends the reading and closes the directory: %s', async (_, fail) => {
  const directory = await opened();
  await expect(eachEntry(directory, fail)).rejects.toThrow('no more');
  expect(() => directory.closeSync()).toThrow('closed');
});
