import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  planProxy,
  type ClipTask,
  type MediaInfo,
  type ProgramEnding,
  type readContent,
} from '@app/engines';
import type { ProbeResult } from '../../../../libs/engines/src/media/index.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { media, packetsOf, proxyRequest, video } from '../../../../libs/engines/testing/clips.ts';
import { RunnerSettings } from '../config/settings.ts';
import { OutputVerifier } from './output-verifier.ts';
import { type FfprobeService } from './ffprobe.service.ts';
import { ProxyInspector } from './proxy-inspector.ts';
import type { MadeProxy } from './encode.ts';

const FRAMES = 250;
/** So small that nothing of its frames is compared but their number. */
const TINY = { width: 8, height: 8 };
const PACKETS = packetsOf(FRAMES);
const THUMBNAIL = { frame: 4 };
const TOLD = {
  counts: {
    duplicatedFrames: 0,
    droppedFrames: 0,
    frameTimes: PACKETS.times.map((time) => time / 90_000),
    frameTick: 1 / 90_000,
  },
  progress: { frames: FRAMES },
};

const WELL: ProgramEnding = { exitCode: 0, endedBy: null, stalled: false, stderr: '' };
const KILLED: ProgramEnding = { ...WELL, exitCode: null, endedBy: 'SIGKILL' };
const HANGS: ProgramEnding = { ...KILLED, stalled: true };
const UNDECODABLE: ProgramEnding = { ...WELL, exitCode: 69, stderr: 'Invalid data found' };

let base = '';
let stagedFile = '';
/** Calls of programs. */
let asked: Set<string>;
/** Answer of ffprobe. */
let header: ProbeResult;
let scanned: ProbeResult;
let inspector: ProxyInspector;
let stop: AbortController;

const proxyOf = (frames: number, packets: typeof PACKETS | null = null): MediaInfo => {
  const durationSeconds = frames / 25;
  const facts = { ...TINY, packets, declaredFrames: frames, durationSeconds, profile: 'High' };
  return media([video(facts)], { tags: { major_brand: 'qt  ' } });
};

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'inspector-'));
  stagedFile = join(base, 'staged.mov');
  for (const path of [stagedFile, join(base, 'a.gif')]) await writeFile(path, 'media');
  asked = new Set();
  header = { media: proxyOf(FRAMES) };
  scanned = { media: proxyOf(FRAMES, PACKETS) };
  stop = new AbortController();
  const prober = {
    describe: async () => (asked.add('header'), header),
    scan: async () => (asked.add('packets'), scanned),
  };
  const verifier = new OutputVerifier(prober as unknown as FfprobeService, new RunnerSettings());
  inspector = new ProxyInspector(verifier);
});
afterEach(() => rm(base, { recursive: true }));

interface Read {
  /** Exit of the program that reads the proxy. */
  run?: ProgramEnding;
  /** Exit of the program that decodes the start of the source's audio. */
  audioStart?: ProgramEnding;
  /** Of the proxy. */
  frames?: number;
  /** While they run. */
  meanwhile?: () => void;
}

/** Inspects a proxy of ten seconds while its programs read so. */
function inspect({ run = WELL, audioStart = WELL, frames = FRAMES, meanwhile }: Read = {}) {
  const source = media([video(TINY)], { formatName: 'gif' });
  const { plan } = planProxy(proxyRequest(), source);
  if (!plan) throw new Error('Expected a plan');
  const sourcePath = join(base, 'a.gif');
  const task = { sourcePath, sourceFile: sourcePath, stagedFile } as ClipTask;
  const pass = { ...TOLD, source, plan, audio: [], look: null };
  const made = { task, pass, capture: {} } as unknown as MadeProxy;
  const read = {
    run,
    audioStart: { run: audioStart, starts: [] },
    list: { factsFor: () => new Map([[0, packetsOf(frames)]]) },
    frames: { frames },
    sourceFrames: FRAMES,
    audio: [],
    loudness: [],
    starts: [],
    text: null,
    thumbnails: [THUMBNAIL],
  } as unknown as Awaited<ReturnType<typeof readContent>>;
  const readAll = async () => {
    await new Promise(setImmediate);
    meanwhile?.();
    asked.add('all of it');
    return read;
  };
  const bounds = { signal: stop.signal, stallSeconds: 5 };
  return inspector.inspect(made, bounds, readAll);
}

const failedOf = ({ verification }: Awaited<ReturnType<typeof inspect>>) =>
  verification.filter(({ passed }) => !passed).map(({ check }) => check);

describe('a proxy', () => {
  it('that is as it was planned and shows what its source gave is good, and is read once', async () => {
    const seen = await inspect();
    expect(seen).toMatchObject({ failure: null, thumbnails: [THUMBNAIL] });
    expect(seen.frameSizes).toEqual(PACKETS.sizes);
    const checks = seen.verification.map(({ check }) => check);
    expect(checks).toEqual(expect.arrayContaining(['frame_count', 'pictures_compared']));
    expect(asked).toEqual(new Set(['header', 'all of it']));
  });

  it('of which fewer frames can be seen is bad, though its header is right', async () => {
    const seen = await inspect({ frames: FRAMES - 1 });
    expect(seen.failure?.type).toBe('OutputVerificationError');
    expect(failedOf(seen)).toContain('counted_frames');
    expect(seen.frameSizes).toEqual([]);
  });

  it('that lacks frames by its own words fails for that, whatever else differs then', async () => {
    header = { media: proxyOf(FRAMES - 50) };
    const seen = await inspect({ frames: FRAMES - 50 });
    expect(seen.failure?.message).toContain('200 of the 250 frames');
    expect(seen.verification.map(({ check }) => check)).not.toContain('pictures_compared');
    expect(seen.thumbnails).toEqual([THUMBNAIL]);
  });

  it.each([
    ['is not there', () => rm(stagedFile), 'OutputMissingError'],
    ['is empty', () => writeFile(stagedFile, ''), 'OutputMissingError'],
    [
      'tells nothing of itself',
      async () => (header = { error: 'moov atom not found' }),
      'OutputVerificationError',
    ],
  ])('that %s is judged when the program that reads it has ended', async (_, harm, type) => {
    await harm();
    const seen = await inspect();
    expect(seen).toMatchObject({ verification: [], thumbnails: [], frameSizes: [] });
    expect(seen.failure?.type).toBe(type);
    expect(asked).toContain('all of it');
  });

  it('that can not be decoded to its end says so, beside what its packets tell', async () => {
    const seen = await inspect({ run: UNDECODABLE });
    expect(seen.failure?.type).toBe('OutputVerificationError');
    expect(failedOf(seen)).toEqual(['decodes']);
    expect(seen.thumbnails).toEqual([]);
    expect(asked).toEqual(new Set(['header', 'all of it', 'packets']));
  });
});

describe('a program that does not come to its end', () => {
  it('fails the clip when it was killed, and what the packets tell is told', async () => {
    const seen = await inspect({ run: KILLED });
    expect(seen.failure?.message).toContain('SIGKILL');
    expect(seen.verification.map(({ check }) => check)).toContain('frame_count');
    expect(asked).toEqual(new Set(['header', 'all of it', 'packets']));
  });

  it('keeps what the other has read, when it read the source', async () => {
    const seen = await inspect({ audioStart: KILLED });
    expect(seen.failure?.message).toContain('while it read the source');
    expect(seen.thumbnails).toEqual([THUMBNAIL]);
    expect(asked).toEqual(new Set(['header', 'all of it']));
  });

  it.each([{ run: HANGS }, { audioStart: HANGS }, { run: KILLED, audioStart: HANGS }])(
    'is the last one where storage hangs: %j',
    async (ends) => {
      const seen = await inspect(ends);
      expect(seen.failure?.type).toBe('EngineStalledError');
      expect(seen).toMatchObject({ verification: [], thumbnails: [] });
      expect(asked).toEqual(new Set(['header', 'all of it']));
    },
  );
});

it('a stop is what ends it, once no program runs', async () => {
  const reason = new Error('the runner stops');
  await expect(inspect({ meanwhile: () => stop.abort(reason) })).rejects.toBe(reason);
  expect(asked).toEqual(new Set(['header', 'all of it']));
});
