import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FollowerStatus } from '@app/jobspec/folder';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Clip, Examiner } from './examine.ts';
import { follow } from './follow.ts';
import type { PlanRequest, ProxyKind } from './plan-request.ts';
import type { Found } from './walk.ts';

const H264: ProxyKind = { codec: 'h264', container: 'mp4' };
const PRORES: ProxyKind = { codec: 'prores_proxy', container: 'mov' };

let root = '';
let pending = '';
let stop: AbortController;
let following: Promise<void>;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'wfr-'));
  pending = join(root, 'watch', 'pending');
  for (const folder of ['A001', 'proxies', 'watch']) await mkdir(join(root, folder));
});
afterEach(async () => {
  await end();
  await rm(root, { recursive: true });
});

/** Clips that an examiner takes for such, whatever is in them. */
async function copyClips(count: number) {
  for (let number = 1; number <= count; number++)
    await writeFile(join(root, 'A001', `C${String(number).padStart(4, '0')}.mov`), '');
}

function begin(...kinds: ProxyKind[]) {
  stop = new AbortController();
  const request: PlanRequest = {
    media: [join(root, 'A001')],
    place: { how: 'output', folder: join(root, 'proxies') },
    editor: null,
    kinds,
    resolution: 'half',
    naming: '{source_name}',
    group: 'clip',
    isFlat: false,
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
}

async function end() {
  stop.abort();
  await following;
}

const clip = ({ path, medium }: Found): Clip => ({
  path,
  medium,
  engine: 'ffmpeg',
  obstacles: new Map(),
  warnings: [],
  cdl: null,
});

const names = async () => (await readdir(pending)).filter((name) => name.endsWith('.json'));

async function status(): Promise<FollowerStatus> {
  const own = join(root, 'watch', '.runner');
  const name = (await readdir(own)).find((one) => /^follow-\w+\.json$/.test(one));
  return JSON.parse(await readFile(join(own, name ?? ''), 'utf8')) as FollowerStatus;
}

const isSaid = (facts: Partial<FollowerStatus>) =>
  vi.waitFor(async () => expect(await status()).toMatchObject(facts), 60_000);

it('a kind that is asked for later is planned of clips that are known', async () => {
  await copyClips(2);
  begin(H264);
  await isSaid({ planned: 2, waiting: 0 });
  await end();
  begin(H264, PRORES);
  await isSaid({ planned: 4, waiting: 0 });
  const codecs = (await names()).map((name) => /h264|prores_proxy/.exec(name)?.[0] ?? '');
  expect(codecs.toSorted()).toEqual(['h264', 'h264', 'prores_proxy', 'prores_proxy']);
});

/** The follower's note, with its last line as it is before its JobSpec is dropped. */
async function noteInDoubt() {
  const own = join(root, 'watch', '.runner');
  const name = (await readdir(own)).find((one) => one.endsWith('.jsonl')) ?? '';
  const text = await readFile(join(own, name), 'utf8');
  await writeFile(join(own, name), text.replace(/\{\}\n$/, ''));
}

it.each<[string, (job: string) => Promise<unknown>, number]>([
  ['was dropped', () => Promise.resolve(), 1],
  ['was claimed', (job) => rename(join(pending, job), join(root, 'watch', 'running', job)), 0],
  ['has ended', (job) => rename(join(pending, job), join(root, 'watch', 'failed', job)), 0],
  ['was never dropped', (job) => rm(join(pending, job)), 1],
])(
  'a job is asked for once where a crash came after its line, and it %s',
  async (_, fate, waits) => {
    await copyClips(1);
    begin(H264);
    await isSaid({ planned: 1, waiting: 0 });
    await end();
    await noteInDoubt();
    await fate((await names())[0] ?? '');
    begin(H264);
    const { started_at } = await status();
    await vi.waitFor(async () => expect((await status()).started_at).not.toBe(started_at));
    await isSaid({ planned: 1, waiting: 0, stopped_at: null });
    expect(await names()).toHaveLength(waits);
  },
);

it('a job whose archive was cleared is not asked for again', async () => {
  await copyClips(1);
  begin(H264);
  await isSaid({ planned: 1, waiting: 0 });
  await end();
  await rm(join(pending, (await names())[0] ?? ''));
  begin(H264);
  await isSaid({ planned: 1, waiting: 0, stopped_at: null });
  expect(await names()).toHaveLength(0);
});
