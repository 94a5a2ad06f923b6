import { beforeEach, describe, expect, it } from 'vitest';
import { media, packetsOf, proxyRequest, video } from '../../testing/clips.ts';
import type { ProgramEnding } from '../ffmpeg/program-call.ts';
import type { MediaInfo, ProbeResult } from '../media/index.ts';
import { planProxy } from '../proxy/plan-proxy.ts';
import type { MadeProxy } from './encode-pass.ts';
import type { ClipTask } from './engine.ts';
import { describeOutput, inspectProxy } from './inspect-proxy.ts';
import type { MediaPrograms } from './media-programs.ts';
import type { ReadContent } from './proxy-content.ts';

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

const WHOLE = { check: 'source', expected: 'whole', actual: 'whole', passed: true } as const;

const WELL: ProgramEnding = { exitCode: 0, endedBy: null, stalled: false, stderr: '' };
const KILLED: ProgramEnding = { ...WELL, exitCode: null, endedBy: 'SIGKILL' };
const HANGS: ProgramEnding = { ...KILLED, stalled: true };
const UNDECODABLE: ProgramEnding = { ...WELL, exitCode: 69, stderr: 'Invalid data found' };

const STAGED = '/m/staged.mov';
/** Bytes of the staged file; `null` if it isn't there. */
let size: number | null;
/** Calls of programs. */
let asked: Set<string>;
/** Answer of ffprobe. */
let header: ProbeResult;
let scanned: ProbeResult;
let stop: AbortController;
let programs: MediaPrograms;

const proxyOf = (frames: number, packets: typeof PACKETS | null = null): MediaInfo => {
  const durationSeconds = frames / 25;
  const facts = { ...TINY, packets, declaredFrames: frames, durationSeconds, profile: 'High' };
  return media([video(facts)], { tags: { major_brand: 'qt  ' } });
};

beforeEach(() => {
  size = 5;
  asked = new Set();
  header = { media: proxyOf(FRAMES) };
  scanned = { media: proxyOf(FRAMES, PACKETS) };
  stop = new AbortController();
  programs = {
    bounds: { signal: stop.signal, stallSeconds: 5 },
    run: () => Promise.reject(new Error('nothing else is run')),
    probe: (path) => ({
      size: async () => (path === STAGED ? size : 5),
      describe: async () => (asked.add('header'), header),
      scan: async () => (asked.add('packets'), scanned),
      checkCompleteness: async () => WHOLE,
    }),
  };
});

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
  const sourcePath = '/m/a.gif';
  const task = { sourcePath, sourceFile: sourcePath, stagedFile: STAGED } as ClipTask;
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
  } as unknown as ReadContent;
  const readAll = async () => {
    await new Promise(setImmediate);
    meanwhile?.();
    asked.add('all of it');
    return read;
  };
  return inspectProxy(made, programs, readAll);
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
    ['is not there', () => (size = null), 'OutputMissingError'],
    ['is empty', () => (size = 0), 'OutputMissingError'],
    [
      'tells nothing of itself',
      () => (header = { error: 'moov atom not found' }),
      'OutputVerificationError',
    ],
  ])('that %s is judged when the program that reads it has ended', async (_, harm, type) => {
    harm();
    const seen = await inspect();
    expect(seen).toMatchObject({ verification: [], thumbnails: [], frameSizes: [] });
    expect(seen.failure?.type).toBe(type);
    expect(asked).toContain('all of it');
  });

  it('of no bytes is described by nothing, and one that ffprobe can not read in its words', async () => {
    size = 0;
    await describeOutput({ stagedFile: STAGED }, programs);
    expect(asked).toEqual(new Set());
    size = 5;
    header = { error: 'moov atom not found' };
    expect(await describeOutput({ stagedFile: STAGED }, programs)).toMatchObject({
      failure: {
        message:
          "Output verification failed: ffprobe can't read the proxy: moov atom not found. Check the output storage, then submit the job again.",
      },
    });
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
