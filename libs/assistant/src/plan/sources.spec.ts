import { setTimeout } from 'node:timers/promises';
import { mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Sources } from './sources.ts';

let medium = '';
let sources: Sources;
beforeEach(async () => {
  medium = await mkdtemp(join(tmpdir(), 'wfr-'));
  sources = new Sources();
  for (const name of ['a.mov', 'b.mov']) await writeFile(join(medium, name), name);
});
afterEach(() => rm(medium, { recursive: true }));

let told: string[] = [];
const look = (...names: string[]) => {
  told = [];
  const found = names.map((name) => ({ path: join(medium, name), medium }));
  return sources.refresh(found, (_, reason) => told.push(reason));
};

it('what hasn’t changed is known as before, with what was found in it', async () => {
  const [first] = await look('a.mov', 'b.mov');
  Object.assign(first ?? {}, { examination: { clip: null, isWhole: false } });
  const [again, other] = await look('a.mov', 'b.mov');
  expect(again).toBe(first);
  expect([again?.examination, other?.examination]).toEqual([
    { clip: null, isWhole: false },
    undefined,
  ]);
  expect(sources.quietSeconds('/elsewhere')).toBe(Infinity);
});

it('what has changed is looked into anew', async () => {
  const [first] = await look('a.mov');
  Object.assign(first ?? {}, { examination: { clip: null, isWhole: false } });
  await writeFile(join(medium, 'a.mov'), 'longer than before');
  const [changed] = await look('a.mov');
  expect(changed?.examination).toBeUndefined();
  expect(changed?.since).toBeGreaterThan(first?.since ?? Infinity);
  expect(sources.quietSeconds(medium)).toBeLessThan(60);
});

it('nothing is remembered of what is gone, or no longer found', async () => {
  const [first] = await look('a.mov', 'b.mov');
  await rename(join(medium, 'a.mov'), join(medium, 'away'));
  expect((await look('a.mov', 'b.mov')).map(({ path }) => path)).toEqual([join(medium, 'b.mov')]);
  await look();
  await rename(join(medium, 'away'), join(medium, 'a.mov'));
  const [back, other] = await look('a.mov', 'b.mov');
  expect(back).not.toBe(first);
  expect(other?.lastSeen).toBeGreaterThanOrEqual(other?.since ?? Infinity);
});

it('what can’t be looked at is told; what is gone meanwhile is not', async () => {
  const long = 'x'.repeat(300);
  const there = await look('a.mov', `${long}.mov`, '\uFFFD.mov', 'gone.mov', 'b.mov/gone.mov');
  expect(there.map(({ path }) => path)).toEqual([join(medium, 'a.mov')]);
  expect(told).toEqual([
    `${join(medium, long)}.mov can't be read: name too long.`,
    `${join(medium, '\uFFFD.mov')} has a name that is not UTF-8. Rename it.`,
  ]);
});

it('the rest of a source is what lay between its own looks, however long those at others took', async () => {
  await utimes(join(medium, 'a.mov'), new Date(), new Date(Date.now() - 400));
  const [first] = await look('a.mov', 'b.mov');
  const [since, rest] = [first?.since ?? 0, first?.restSeconds ?? 0];
  expect(rest).toBeGreaterThanOrEqual(0.4);
  await setTimeout(300);
  expect([first?.lastSeen, first?.restSeconds]).toEqual([since, rest]);
  await look('a.mov');
  expect((first?.lastSeen ?? 0) - since).toBeGreaterThanOrEqual(290);
  expect((first?.restSeconds ?? 0) - rest).toBeGreaterThan(0.25);
});
