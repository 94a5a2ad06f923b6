import { foldedName } from '@app/jobspec';
import {
  appendFile,
  mkdir,
  mkdtemp,
  realpath,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WatchFolder } from '../../../storage/src/watch-folder/watch-folder.ts';
import { removeMade } from './remaining.ts';
import { Findings } from './findings.ts';
import { keyOfKind, type PlanRequest } from './plan-request.ts';
import { MediaRecord } from './record.ts';
import { RealPaths } from './real-paths.ts';

let folder = '';
let source = '';
let output = '';
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'made-')));
  [source, output] = [join(folder, 'C001.mov'), join(folder, 'C001.mp4')];
  await writeFile(source, 'clip');
  await writeFile(output, 'proxy');
});
afterEach(() => rm(folder, { recursive: true }));

const AT = '2026-12-01T08:00:00.000+00:00';
const sha256 = 'a'.repeat(64);
const h264 = { codec: 'h264', container: 'mp4' } as const;

interface Given {
  madeOf?: string;
  pendingOf?: string;
  failedOf?: string;
  kind?: string;
  /** Record of the clip. */
  lines?: readonly object[];
}

/** What becomes of a clip's proxy, where a job has made it, failed, or is to make it. */
const fate = async ({ madeOf, pendingOf, failedOf, kind = 'h264 mp4 half', lines = [] }: Given) => {
  const spec = { ...h264, resolution: 'half' };
  const request = {
    ...spec,
    kinds: [h264],
    naming: '{source_name}',
    place: { how: 'output', folder },
    viewing: null,
  } as unknown as PlanRequest;
  const look = { cdl: null, lut: null };
  const clip = { path: source, medium: folder, look };
  const key = keyOfKind(h264, request, look);
  const watch = new WatchFolder(join(folder, 'watch'));
  await mkdir(watch.own, { recursive: true });
  const { size, mtimeMs } = await stat(source);
  const seen = { at: AT, medium: folder, path: source, bytes: size, mtime_ms: Math.trunc(mtimeMs) };
  const asked = { ...seen, ...key, seconds: 1, job: 'a.json', job_sha256: sha256 };
  const text = [asked, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('');
  await writeFile(watch.inventory, lines.length === 0 ? '' : text);
  const record = new MediaRecord(watch);
  await record.open();
  const findings = new Findings(request, record);
  findings.sources = [{ path: source, bytes: seen.bytes, mtime_ms: seen.mtime_ms } as never];
  const of = <Facts extends object>(path: string | undefined, facts: Facts) =>
    new Map(path === undefined ? [] : [[foldedName(output), { source: path, kind, ...facts }]]);
  const jobs = {
    pending: of(pendingOf, {}),
    made: of(madeOf, { bytes: 5 }),
    failed: of(failedOf, { job: 'a.json', endedAt: Date.parse(AT) }),
    makers: new Map(),
    specs: new Map(),
    names: new RealPaths(),
  };
  const document = { clips: [clip], outputs: [output], directory: folder, kind: h264, spec };
  const pass = { request, record, findings, jobs };
  const left = await removeMade([document as never], pass);
  if (left.documents.length > 0) return 'open';
  if (left.made > 0) return 'made';
  if (left.alreadySubmitted > 0) return 'coming';
  return findings.settled[0]?.how ?? findings.problems[0]?.cause;
};

describe('a proxy', () => {
  it('that a job has made of its clip is not made again', async () => {
    expect(await fate({ madeOf: source })).toBe('made');
  });

  it('that a job is to make of its clip is not asked for again', async () => {
    expect(await fate({ pendingOf: source })).toBe('coming');
  });

  it.each([
    ['no job has made', {}],
    ['a job has made of another clip', { madeOf: '/card/C001.mov' }],
    ['a job has made with another codec', { madeOf: () => source, kind: 'h265 mp4 half' }],
    ['a job has made in another look', { madeOf: () => source, kind: 'h264 mp4 half look 1' }],
    ['a job is to make in another size', { pendingOf: () => source, kind: 'h264 mp4 same' }],
    ['a job is to make of another clip', { pendingOf: '/card/C001.mov' }],
  ])('has no place where one lies that %s', async (_, given: object) => {
    const own = Object.entries(given).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'function' ? source : value,
    ]);
    expect(await fate(Object.fromEntries(own) as Given)).toBe('output_taken');
  });

  it('that a job has failed to make is asked for again', async () => {
    await rm(output);
    expect(await fate({ failedOf: source })).toBe('open');
  });

  it('is asked for no more once somebody has put its failed job aside, unless that was before', async () => {
    await rm(output);
    const lines = [{ at: AT, dismissed: 'a.json' }];
    expect(await fate({ failedOf: source, lines })).toBe('put_aside');
    const early = [{ at: '2026-12-01T07:00:00.000+00:00', dismissed: 'a.json' }];
    expect(await fate({ failedOf: source, lines: early })).toBe('open');
  });

  it('is known by what the runner has archived, where its result was moved away', async () => {
    const lines = [{ at: AT, archived: 'a.json', sha256, sources: [source] }];
    expect(await fate({ lines })).toBe('forgotten');
    await rm(output);
    expect(await fate({ lines })).toBe('open');
  });

  it.each([
    ['is gone', () => rm(output)],
    ['has another size', () => appendFile(output, 'x')],
    ['is a folder', () => rm(output).then(() => mkdir(output))],
    ['is older than its clip', () => utimes(output, 1, 1)],
  ])('that %s is asked for', async (_, harm) => {
    await harm();
    expect(await fate({ madeOf: source })).toBe('open');
  });

  it('is there though its clip is of tomorrow, as a camera that was ahead has it', async () => {
    const now = Date.now() / 1000;
    await utimes(source, now + 86_400, now + 86_400);
    await utimes(output, now + 1, now + 1);
    expect(await fate({ madeOf: source })).toBe('made');
  });
});
