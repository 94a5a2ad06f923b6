import { link, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { moveDurably, replaceFile, writeDurably } from './durable-file.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wfr-'));
});
afterEach(() => rm(folder, { recursive: true }));

const WAYS = {
  durably: (path: string) => writeDurably(path, `${path}.tmp`, 'new'),
  quickly: (path: string) => replaceFile(path, 'new'),
};

it.each(['durably', 'quickly'] as const)('writes %s through no link', async (way) => {
  const [path, victim] = [join(folder, 'status.json'), join(folder, 'victim')];
  await writeFile(victim, 'of somebody else');
  for (const name of [path, `${path}.tmp`]) await symlink(victim, name);
  await WAYS[way](path);
  expect(await readFile(victim, 'utf8')).toBe('of somebody else');
  expect(await readFile(path, 'utf8')).toBe('new');
  expect((await readdir(folder)).toSorted()).toEqual(['status.json', 'victim']);
});

it.each(['durably', 'quickly'] as const)('writes %s over what a crash has left', async (way) => {
  const path = join(folder, 'status.json');
  await writeFile(`${path}.tmp`, 'a longer text than the new one');
  await WAYS[way](path);
  expect(await readFile(path, 'utf8')).toBe('new');
});

it('moves a file that has its new name already: only the old one goes', async () => {
  const [from, to] = [join(folder, 'from'), join(folder, 'to')];
  await writeFile(from, 'whole');
  await link(from, to);
  await moveDurably(from, to);
  expect(await readdir(folder)).toEqual(['to']);
  expect(await readFile(to, 'utf8')).toBe('whole');
});
