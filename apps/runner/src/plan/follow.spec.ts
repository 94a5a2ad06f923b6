import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FollowerStatus } from '@app/jobspec/folder';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Clip, Examiner } from './examine.ts';
import { follow } from './follow.ts';
import type { Found } from './found.ts';
import { knownBy } from './only.ts';
import type { PlanRequest } from './plan-request.ts';

/** More than may wait at once. */
const CLIPS = 1005;

let root = '';
let stop: AbortController;
let following: Promise<void>;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'wfr-'));
  for (const folder of ['A001', 'proxies', 'watch']) await mkdir(join(root, folder));
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  await following;
  await rm(root, { recursive: true });
});

const clip = ({ path, medium }: Found): Clip => ({
  path,
  medium,
  engine: 'ffmpeg',
  sizeBytes: 1,
  known: knownBy(path, null),
  obstacles: new Map(),
  warnings: [],
  cdl: null,
});
const nameOf = (number: number) => `C${String(number).padStart(4, '0')}.mov`;

it(
  'a thousand jobs wait, and as many more come as were claimed',
  { timeout: 120_000 },
  async () => {
    for (let number = 1; number <= CLIPS; number++)
      await writeFile(join(root, 'A001', nameOf(number)), '');
    const request: PlanRequest = {
      media: [join(root, 'A001')],
      place: { how: 'output', folder: join(root, 'proxies') },
      editor: null,
      kinds: [{ codec: 'h264', container: 'mp4' }],
      resolution: 'half',
      naming: '{source_name}',
      group: 'clip',
      isFlat: false,
      only: null,
      viewing: null,
      checksHashes: false,
      target: { how: 'submit', folder: join(root, 'watch') },
    };
    const examine = async (found: Found) => {
      return { ...found, fingerprint: null, changedAt: 0, clip: clip(found), flaw: null };
    };
    following = follow(request, {
      examiner: { examine } as unknown as Examiner,
      settleSeconds: 0,
      pollSeconds: 0.05,
      quietSeconds: 0,
      signal: stop.signal,
      show: () => undefined,
      say: () => undefined,
    });
    const pending = join(root, 'watch', 'pending');
    const names = async () => (await readdir(pending)).filter((name) => name.endsWith('.json'));
    const isSaid = (facts: Partial<FollowerStatus>) =>
      vi.waitFor(async () => expect(await statusIn(root)).toMatchObject(facts), 60_000);

    await isSaid({ planned: 1000, waiting: CLIPS - 1000 });
    const { last_poll_at } = await statusIn(root);
    await vi.waitFor(async () =>
      expect((await statusIn(root)).last_poll_at).not.toBe(last_poll_at),
    );
    expect(await names()).toHaveLength(1000);

    for (const name of (await names()).slice(0, 3)) await rm(join(pending, name));
    await isSaid({ planned: 1003, waiting: CLIPS - 1003 });
    expect(await names()).toHaveLength(1000);
  },
);

async function statusIn(folder: string): Promise<FollowerStatus> {
  const own = join(folder, 'watch', '.runner');
  const name = (await readdir(own)).find((one) => /^follow-\w+\.json$/.test(one));
  return JSON.parse(await readFile(join(own, name ?? ''), 'utf8')) as FollowerStatus;
}
