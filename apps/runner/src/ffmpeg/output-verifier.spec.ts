import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planProxy, type ClipTask, type MediaInfo } from '@app/engines';
import { type ProbeResult } from '../../../../libs/engines/src/media/index.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  audio,
  media,
  packetsOf,
  proxyRequest,
  video,
} from '../../../../libs/engines/testing/clips.ts';
import { RunnerSettings } from '../config/settings.ts';
import type { FfprobeService } from './ffprobe.service.ts';
import { OutputVerifier } from './output-verifier.ts';

const { signal } = new AbortController();
const COUNTS = {
  duplicatedFrames: 0,
  droppedFrames: 0,
  frameTimes: packetsOf(250).times.map((time) => time / 90_000),
  frameTick: 1 / 90_000,
};

let base = '';
let task: ClipTask;
/** Calls of ffprobe, and its answer. */
let asked: string[] = [];
let said: ProbeResult;
let verifier: OutputVerifier;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'wfr-'));
  const stagedFile = join(base, 'staged.mov');
  await writeFile(stagedFile, 'proxy');
  task = { sourcePath: '/m/a.mov', sourceFile: '/m/a.mov', stagedFile } as ClipTask;
  asked = [];
  const answer = (how: string) => async (path: string) => {
    asked.push(`${how} ${path}`);
    return said;
  };
  const prober = { scan: answer('scan'), describe: answer('describe') };
  said = { media: proxy() };
  verifier = new OutputVerifier(prober as unknown as FfprobeService, new RunnerSettings());
});
afterEach(() => rm(base, { recursive: true }));

const proxy = (frames = 250): MediaInfo => {
  const packets = packetsOf(frames);
  return media(
    [
      video({ packets, declaredFrames: frames, durationSeconds: frames / 25, profile: 'High' }),
      audio(),
    ],
    { tags: { major_brand: 'qt  ' } },
  );
};

/** The verdict on a proxy of ten seconds of H.264 whose header tells its frames, unless it doesn't. */
async function verdict(output: MediaInfo, declared: 'declared' | 'undeclared' = 'declared') {
  const facts = declared === 'declared' ? {} : { declaredFrames: null, durationSeconds: null };
  const source = media(
    [video(facts), audio(facts)],
    declared === 'declared' ? {} : { durationSeconds: null, formatName: 'mpegts' },
  );
  const request = proxyRequest({ codec: 'h264', container: 'mov', resolution: 'same' });
  const { plan } = planProxy(request, source);
  if (!plan) throw new Error('Expected a plan');
  const files = { source: declared === 'declared' ? null : source, proxy: output };
  return verifier.verify(task, files, plan, COUNTS, signal);
}

describe('a staged file', () => {
  it('is described by its header, or by all of it', async () => {
    expect(await verifier.describe(task, signal)).toEqual({ proxy: proxy() });
    await verifier.describe(task, signal, { packets: true });
    expect(asked).toEqual([`describe ${task.stagedFile}`, `scan ${task.stagedFile}`]);
  });

  it.each(['is not there', 'is empty'])(
    'that %s is no proxy, and no program is asked',
    async (how) => {
      await rm(task.stagedFile);
      if (how === 'is empty') await writeFile(task.stagedFile, '');
      const { failure } = (await verifier.describe(task, signal)) as { failure: { type: string } };
      expect(failure.type).toBe('OutputMissingError');
      expect(asked).toEqual([]);
    },
  );

  it('that ffprobe can not read is not verified, in its words', async () => {
    said = { error: 'moov atom not found' };
    expect(await verifier.describe(task, signal)).toMatchObject({
      failure: {
        type: 'OutputVerificationError',
        message:
          "Output verification failed: ffprobe can't read the proxy: moov atom not found. Check the output storage, then submit the job again.",
      },
    });
  });
});

describe('a proxy', () => {
  it('that is as it was planned is good, and its source is not read again', async () => {
    const { failure, verification } = await verdict(proxy());
    expect(failure).toBeNull();
    expect(verification.map(({ check }) => check)).toContain('frame_count');
    expect(asked).toEqual([]);
  });

  it('with a frame less fails, with the sentence of the check', async () => {
    const { failure, verification } = await verdict(proxy(249));
    expect(failure?.type).toBe('OutputVerificationError');
    expect(failure?.message).toContain('as many frames as were decoded');
    expect(verification.filter(({ passed }) => !passed).map(({ check }) => check)).toContain(
      'frame_count',
    );
  });

  it('of a source that declares no frames is compared with what is counted in that', async () => {
    task.sourceFile = join(base, 'a.ts');
    await writeFile(task.sourceFile, Buffer.alloc(188));
    await verdict(proxy(), 'undeclared');
    expect(asked).toEqual([`scan ${task.sourceFile}`]);
  });
});
