import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { alarmsOf } from '../words/sentences.ts';
import { NO_INVENTORY, NO_RUNNER, type FolderView } from '../index/folder-view.ts';
import { followersIn } from './runner-watch.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'followers-'));
  mkdirSync(join(root, '.runner'));
});
afterEach(() => rmSync(root, { recursive: true }));

function says(id: string, status: object): void {
  const whole = { media: ['/media/day03'], planned: 12, waiting: 2, poll_seconds: 2, ...status };
  writeFileSync(join(root, `.runner/follow-${id}.json`), JSON.stringify(whole));
}

it('that run are known, and stand in the headline when one falls silent', async () => {
  const [now, before] = [new Date().toISOString(), '2026-01-01T00:00:00.000+00:00'];
  says('00000000000a', { last_poll_at: now });
  says('00000000000b', { last_poll_at: before, stopped_at: before });
  says('00000000000d', { last_poll_at: now, stopped_at: before });
  says('00000000000c', {});
  writeFileSync(join(root, '.runner/follow-note.json'), '{}');
  const followers = await followersIn(root);
  expect(followers).toEqual([{ problem: null, isSilent: false }]);
  const counts = { pending: 0, running: 0, completed: 0, failed: 0 };
  const inventory = NO_INVENTORY;
  const facts = {
    runner: NO_RUNNER,
    inventory,
    problem: null,
    ignored: [],
    space: null,
    indexing: null,
  };
  const folder: FolderView = { name: 'dailies', path: root, followers, counts, ...facts };
  expect(alarmsOf([folder])).toEqual([]);
  says('00000000000a', { last_poll_at: before });
  const lost = { ...folder, followers: await followersIn(root) };
  expect(alarmsOf([lost])[0]?.short).toBe('follower silent');
  says('00000000000a', { last_poll_at: now, problem: 'x.mov can’t be read.' });
  const stuck = { ...folder, followers: await followersIn(root) };
  expect(alarmsOf([stuck])).toMatchObject([
    { short: 'not all planned', sentence: 'Not everything can be planned: x.mov can’t be read.' },
  ]);
});

it('are none of a folder that nobody follows', async () => {
  expect(await followersIn(root)).toEqual([]);
  expect(await followersIn('/nowhere')).toEqual([]);
});
