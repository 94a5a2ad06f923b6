import {
  chmod,
  cp,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { InventoryClip } from '@app/jobspec/inventory';
import type { FollowerStatus } from '@app/jobspec/folder';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readInventory } from '../../../storage/src/watch-folder/inventory-file.ts';
import { WatchFolder } from '../../../storage/src/watch-folder/watch-folder.ts';
import { clipResult, jobResult } from '../../../../test/support/job-result.ts';
import { refuseOpened } from '../../../../test/support/refusals.ts';
import type { Clip, Examiner } from './examine.ts';
import { follow } from './follow.ts';
import type { PlanRequest, ProxyKind } from './plan-request.ts';
import type { Entry } from './walk.ts';

const H264: ProxyKind = { codec: 'h264', container: 'mp4' };
const PRORES: ProxyKind = { codec: 'prores_proxy', container: 'mov' };
const LONG_AGO = new Date('2020-01-01T10:00:00Z');

let root = '';
let stop = new AbortController();
let following: Promise<void> = Promise.resolve();
let said: string[] = [];
let looks = 0;

const at = (...names: string[]) => join(root, ...names);
const watch = () => new WatchFolder(at('watch'));

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'wfr-')));
  for (const folder of ['A001', 'proxies', 'watch']) await mkdir(at(folder));
  said = [];
  looks = 0;
});
afterEach(async () => {
  await end();
  await rm(root, { recursive: true });
});

/** A clip that an examiner takes for such, whatever is in it; nobody has written to it lately. */
async function put(path: string, text = 'clip') {
  await mkdir(dirname(at(path)), { recursive: true });
  await writeFile(at(path), text);
  await utimes(at(path), LONG_AGO, LONG_AGO);
}

interface Given extends Partial<PlanRequest> {
  settleSeconds?: number;
  clip?: (found: Entry) => Partial<Clip>;
}

function begin(kinds: ProxyKind[] = [H264], { settleSeconds = 0, clip, ...given }: Given = {}) {
  stop = new AbortController();
  const request: PlanRequest = {
    media: [at('A001')],
    place: { how: 'output', folder: at('proxies') },
    editor: null,
    kinds,
    resolution: 'half',
    naming: '{source_name}',
    group: 'clip',
    isFlat: false,
    viewing: null,
    checksHashes: false,
    target: { how: 'submit', folder: at('watch') },
    ...given,
  };
  const examine = async (found: Entry) => {
    looks += 1;
    return { ...found, clip: { ...clipOf(found), ...clip?.(found) }, flaw: null };
  };
  following = follow(request, {
    examiner: { examine } as unknown as Examiner,
    settleSeconds,
    pollSeconds: 0.05,
    signal: stop.signal,
    onProgress: () => undefined,
    log: (sentence) => said.push(sentence),
  });
}

async function end() {
  stop.abort();
  await following;
}

const clipOf = ({ path, medium }: Entry): Clip => ({
  path,
  medium,
  engine: 'ffmpeg',
  obstacles: new Map(),
  warnings: [],
  look: { cdl: null, lut: null },
  camera: null,
  texts: [],
  seconds: 2,
});

const jobs = async () =>
  (await readdir(watch().pending)).filter((name) => name.endsWith('.json')).toSorted();
const outputs = async () => {
  const texts = (await jobs()).map((name) => readFile(join(watch().pending, name), 'utf8'));
  const specs = (await Promise.all(texts)).map((text) => JSON.parse(text) as Spec);
  return specs.map(
    ({ sources, naming_template }) => `${basename(sources[0] ?? '')} ${naming_template}`,
  );
};
interface Spec {
  sources: string[];
  naming_template: string;
}
const recorded = async () => [...(await readInventory(watch())).clips];

async function status(): Promise<FollowerStatus> {
  const name = (await readdir(watch().own)).find((one) => /^follow-\w+\.json$/.test(one));
  return JSON.parse(await readFile(join(watch().own, name ?? ''), 'utf8')) as FollowerStatus;
}

const isSaid = (facts: Partial<Record<keyof FollowerStatus, unknown>>) =>
  vi.waitFor(async () => expect(await status()).toMatchObject(facts), 20_000);

/** Until it has looked some times more. */
async function polls(count = 3) {
  for (let poll = 0; poll < count; poll++) {
    const { last_poll_at } = await status();
    await vi.waitFor(
      async () => expect((await status()).last_poll_at).not.toBe(last_poll_at),
      20_000,
    );
  }
}

/** Until a second one, after a restart, has looked. */
async function again(...given: Parameters<typeof begin>) {
  await end();
  const { started_at } = await status();
  begin(...given);
  await vi.waitFor(async () => expect((await status()).started_at).not.toBe(started_at), 20_000);
  await polls();
}

/** The runner ends a job, with the proxy there or not. */
async function finish(name: string, isMade: boolean) {
  const text = await readFile(join(watch().pending, name), 'utf8');
  const { sources, output_directory } = JSON.parse(text) as Spec & { output_directory: string };
  const { createHash } = await import('node:crypto');
  const output = join(output_directory, `${basename(sources[0] ?? '').replace(/\.\w+$/, '')}.mp4`);
  const state = isMade ? watch().completed : watch().failed;
  const made = isMade ? {} : { status: 'FAILED' as const, output_size_bytes: null };
  const clip = clipResult('x', {
    source_path: sources[0] ?? '',
    resolved_output_path: output,
    ...made,
  });
  const result = jobResult({ clips: [clip] });
  const now = new Date().toISOString().replace('Z', '+00:00');
  const { _metadata } = result;
  const jobspec_sha256 = createHash('sha256').update(text).digest('hex');
  const facts = { ..._metadata, archived_as: name, jobspec_sha256 };
  if (isMade) await writeFile(output, 'proxy');
  await rename(join(watch().pending, name), join(state, name));
  await writeFile(
    join(state, name.replace(/json$/, 'result.json')),
    JSON.stringify({ ...result, completed_at: now, _metadata: facts }),
  );
}

describe('a clip and kind', () => {
  it('that is asked for later is planned of clips that are known', async () => {
    await put('A001/C0001.mov');
    await put('A001/C0002.mov');
    begin([H264]);
    await isSaid({ planned: 2, waiting: 0 });
    await again([H264, PRORES]);
    await isSaid({ planned: 4, waiting: 0 });
    const codecs = (await jobs()).map((name) => /h264|prores_proxy/.exec(name)?.[0] ?? '');
    expect(codecs.toSorted()).toEqual(['h264', 'h264', 'prores_proxy', 'prores_proxy']);
    expect(await recorded()).toHaveLength(4);
  });

  it.each<[string, (job: string) => Promise<unknown>, number]>([
    ['was dropped', () => Promise.resolve(), 1],
    ['was claimed', (job) => rename(join(watch().pending, job), join(watch().running, job)), 0],
    ['has failed', (job) => finish(job, false), 0],
    ['was made', (job) => finish(job, true), 0],
    ['was never dropped', (job) => rm(join(watch().pending, job)), 1],
  ])(
    'is asked for once where a crash came after its line, and its job %s',
    async (_, fate, left) => {
      await put('A001/C0001.mov');
      begin();
      await isSaid({ planned: 1, waiting: 0 });
      await end();
      await fate((await jobs())[0] ?? '');
      await again();
      await isSaid({ planned: 1, waiting: 0, stopped_at: null });
      expect(await jobs()).toHaveLength(left);
    },
  );

  it('is not asked for again where the runner has noted that its job was archived', async () => {
    await put('A001/C0001.mov');
    begin();
    await isSaid({ planned: 1 });
    await end();
    const [line] = await recorded();
    await rm(join(watch().pending, (await jobs())[0] ?? ''));
    const archived = { at: line?.at, archived: line?.job, sha256: line?.job_sha256 };
    const text = JSON.stringify({ ...archived, sources: [line?.path] });
    await writeFile(watch().inventory, `${text}\n`);
    await again();
    await isSaid({ planned: 1, waiting: 0 });
    expect(await jobs()).toEqual([]);
  });

  it('is asked for though a line of somebody else says that it was', async () => {
    await put('A001/C0001.mov');
    begin();
    await isSaid({ planned: 1 });
    await end();
    const [line] = await recorded();
    const forged: InventoryClip | undefined = line && { ...line, job_sha256: 'a'.repeat(64) };
    await rm(join(watch().pending, (await jobs())[0] ?? ''));
    await writeFile(join(watch().pending, 'z.inventory'), `${JSON.stringify(forged)}\n`);
    await again();
    expect(await jobs()).toHaveLength(1);
  });

  it('is asked for once while its rights, its names and its time zone change', async () => {
    await put('A001/C0001.mov');
    begin();
    await isSaid({ planned: 1 });
    await finish((await jobs())[0] ?? '', true);
    await chmod(at('A001/C0001.mov'), 0o600);
    await link(at('A001/C0001.mov'), at('backup'));
    await polls();
    const later = new Date(LONG_AGO.getTime() + 2 * 3_600_000);
    await utimes(at('A001/C0001.mov'), later, later);
    await again();
    expect(await jobs()).toEqual([]);
    await isSaid({ planned: 1, waiting: 0, problem: null });
  });

  it('is asked for anew when its file has changed, also after a crash between line and job', async () => {
    await put('A001/C0001.mov');
    begin();
    await isSaid({ planned: 1 });
    const [first = ''] = await jobs();
    await finish(first, false);
    await put('A001/C0001.mov', 'another clip');
    await vi.waitFor(async () => expect(await jobs()).toHaveLength(1), 20_000);
    const [second = ''] = await jobs();
    expect(second).not.toBe(first);
    await end();
    await rm(join(watch().pending, second));
    await again();
    expect(await jobs()).toEqual([second]);
    await finish(second, false);
    await again();
    expect(await jobs()).toEqual([]);
  });

  it('with another CDL is asked for anew, and one whose CDL stays is not', async () => {
    await put('A001/C0001.mov');
    await put('A001/C0002.mov');
    const cdl = (slope: number) => ({
      slope: [slope, 1, 1] as const,
      offset: [0, 0, 0] as const,
      power: [1, 1, 1] as const,
      saturation: 1,
    });
    const graded = (slope: number): Given => ({
      viewing: {
        luts: new Map(),
        range: 'video',
        becomes: null,
        texts: [],
        corrections: {} as never,
      },
      clip: ({ path }) => ({
        look: { cdl: path.includes('C0001') ? cdl(slope) : null, lut: null },
      }),
    });
    begin([H264], graded(1.1));
    await isSaid({ planned: 2, waiting: 0 });
    for (const job of await jobs()) await finish(job, false);
    await again([H264], graded(1.2));
    await isSaid({ planned: 2, waiting: 0 });
    expect((await jobs()).map((name) => name.slice(0, 10))).toEqual(['A001-C0001']);
  });

  it('is not asked for again when a medium is added, nor when it was made and moved away', async () => {
    await put('A001/C0001.mov');
    await put('B001/C0001.mov');
    begin();
    await isSaid({ planned: 1 });
    await finish((await jobs())[0] ?? '', true);
    await rename(at('proxies/A001/C0001.mp4'), at('delivered.mp4'));
    await end();
    begin([H264], { media: [at('A001'), at('B001')] });
    await vi.waitFor(async () => expect(await jobs()).toHaveLength(1), 20_000);
    expect((await jobs())[0]).toMatch(/^B001-C0001/);
  });

  it('of a card that was away is not asked for again', async () => {
    await put('A001/C0001.mov');
    begin();
    await isSaid({ planned: 1 });
    await finish((await jobs())[0] ?? '', true);
    await rename(at('A001/C0001.mov'), at('away.mov'));
    await vi.waitFor(async () => expect(await recorded()).toEqual([]), 20_000);
    await rename(at('away.mov'), at('A001/C0001.mov'));
    await vi.waitFor(async () => expect(await recorded()).toHaveLength(1), 20_000);
    await again();
    expect(await jobs()).toEqual([]);
  });
});

describe('names', () => {
  it('belong to the clip that came first; the second gets its extension', async () => {
    await put('A001/C0001.mov');
    begin();
    await isSaid({ planned: 1 });
    await put('A001/C0001.mp4');
    await vi.waitFor(async () => expect(await jobs()).toHaveLength(2), 20_000);
    expect(await outputs()).toEqual(
      expect.arrayContaining(['C0001.mov {source_name}', 'C0001.mp4 {source_name}_{source_ext}']),
    );
    await vi.waitFor(() => expect(said.join('\n')).toContain('Another clip has the name of'));
    await again();
    expect(await jobs()).toHaveLength(2);
  });

  it('of clips that are gone before they were made are free', async () => {
    await put('A001/day1/C0001.mov');
    begin([H264], { isFlat: true });
    await isSaid({ planned: 1 });
    await mkdir(at('A001/day2'));
    await rename(at('A001/day1/C0001.mov'), at('A001/day2/C0001.mov'));
    await rm(join(watch().pending, (await jobs())[0] ?? ''));
    await vi.waitFor(async () => expect(await jobs()).toHaveLength(1), 20_000);
    expect(await outputs()).toEqual(['C0001.mov {source_name}']);
  });

  it('that a file of another clip has are told in status and record, and planned once it is away', async () => {
    await put('day1/CARD/C0001.mov');
    begin([H264], { media: [at('day1/CARD')] });
    await vi.waitFor(async () => expect(await jobs()).toHaveLength(1), 20_000);
    await finish((await jobs())[0] ?? '', true);
    await end();
    await rm(watch().own, { recursive: true });
    await put('day2/CARD/C0001.mov');
    begin([H264], { media: [at('day2/CARD')] });
    const taken = `${at('proxies/CARD/C0001.mp4')} is there already`;
    await isSaid({ planned: 0, waiting: 1, problem: expect.stringContaining(taken) });
    expect(await recorded()).toContainEqual(
      expect.objectContaining({ path: at('day2/CARD/C0001.mov'), cause: 'output_taken' }),
    );
    await rm(at('proxies/CARD/C0001.mp4'));
    await isSaid({ planned: 1, waiting: 0, problem: null });
    expect(await jobs()).toHaveLength(1);
  });
});

describe('what is written to', () => {
  it('waits though it could be read, and is on record as being copied, once', async () => {
    await put('A001/C0001.avi');
    begin([H264], { settleSeconds: 0.5 });
    await vi.waitFor(async () => expect(await status()).toBeDefined(), 20_000);
    for (let part = 0; part < 8; part++) {
      await writeFile(at('A001/C0001.avi'), 'x'.repeat(part + 10));
      await polls(1);
      expect(await jobs()).toEqual([]);
    }
    const lines = (await readdir(watch().pending)).filter((name) => name.endsWith('.inventory'));
    expect(lines.length).toBeLessThan(3);
    expect(await recorded()).toMatchObject([{ cause: 'being_copied', job: null }]);
    expect(looks).toBe(0);
    await isSaid({ planned: 1, waiting: 0 });
    expect(await recorded()).toMatchObject([{ cause: null, bytes: 17 }]);
  });
});

describe('media', () => {
  it('named by a link that leads nowhere at first are planned once, as what it leads to', async () => {
    await symlink(at('card'), at('link'));
    begin([H264], { media: [at('link')] });
    await isSaid({ planned: 0, problem: expect.stringContaining('does not exist') });
    await put('card/C0001.mov');
    await isSaid({ planned: 1, waiting: 0, problem: null });
    await end();
    for (const name of await readdir(watch().own))
      if (name.startsWith('follow-')) await rm(join(watch().own, name));
    begin([H264], { media: [at('card')] });
    await isSaid({ planned: 1, waiting: 0, problem: null });
    await polls();
    expect(await jobs()).toHaveLength(1);
    expect(await recorded()).toMatchObject([{ path: at('card/C0001.mov'), medium: at('card') }]);
  });

  it('of which one can not be looked at hold up no other, and status says so', async () => {
    await put('A001/C0001.mov');
    await put(`B001/${'d/'.repeat(30)}C0001.mov`);
    begin([H264], { media: [at('A001'), at('B001'), at('nowhere')] });
    await isSaid({ planned: 1, problem: expect.stringContaining('lies too deep') });
    expect((await status()).problem).toMatch(/And 1 more problem\.$/);
    expect(await recorded()).toContainEqual(
      expect.objectContaining({ medium: at('nowhere'), cause: 'unreadable' }),
    );
  });

  it('count what is surely no clip', async () => {
    await put('A001/C0001.mov');
    await put('A001/notes.txt');
    await symlink('nowhere', at('A001/link.mov'));
    begin();
    await isSaid({ planned: 1 });
    const [medium] = (await readInventory(watch())).media;
    expect(medium?.others).toMatchObject({ link: 1 });
  });
});

it('another watch folder in the place of one is followed from the beginning, by nobody else', async () => {
  await put('A001/C0001.mov');
  begin();
  await isSaid({ planned: 1 });
  await rename(at('watch'), at('old'));
  await mkdir(at('watch'));
  await vi.waitFor(async () => expect(await status()).toMatchObject({ planned: 1 }), 20_000);
  const first = { following, stop };
  begin();
  await expect(following).rejects.toThrow('Another plan --follow already follows');
  ({ following, stop } = first);
  expect(await jobs()).toHaveLength(1);
  expect([...(await readInventory(watch())).clips]).toHaveLength(1);
});

it('a lock file that can’t be written is told, and not left open', async () => {
  const opened = refuseOpened('truncate');
  begin();
  await expect(following).rejects.toThrow("can't be written");
  following = Promise.resolve();
  expect(opened.every(({ fd }) => fd === -1)).toBe(true);
});

it('a quiet pass drops nothing', async () => {
  await put('A001/C0001.mov');
  await put('A001/notes.txt');
  begin();
  await isSaid({ planned: 1, waiting: 0 });
  const before = await readdir(watch().pending);
  await polls(5);
  expect(await readdir(watch().pending)).toEqual(before);
});

it('a card that is copied again under its old name is asked for again where its files differ', async () => {
  await put('A001/C0001.mov');
  begin();
  await isSaid({ planned: 1 });
  await finish((await jobs())[0] ?? '', false);
  await end();
  await rm(at('A001'), { recursive: true });
  await put('new/C0001.mov', 'another card');
  await cp(at('new'), at('A001'), { recursive: true, preserveTimestamps: true });
  await again();
  expect(await jobs()).toHaveLength(1);
});
