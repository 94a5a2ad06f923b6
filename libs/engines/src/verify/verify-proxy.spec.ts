import { describe, expect, it } from 'vitest';
import { audio, media, packetsOf, proxyRequest, video } from '../../testing/clips.ts';
import type { MediaInfo } from '../media/index.ts';
import { planProxy } from '../proxy/plan-proxy.ts';
import { verifyProxy } from './verify-proxy.ts';

const WHOLE = { check: 'source', expected: 'whole', actual: 'whole', passed: true } as const;
const COUNTS = {
  duplicatedFrames: 0,
  droppedFrames: 0,
  frameTimes: packetsOf(250).times.map((time) => time / 90_000),
  frameTick: 1 / 90_000,
};

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
  const isUnknown = declared === 'undeclared';
  const files = { source: isUnknown ? source : null, sourcePath: '/m/a', proxy: output };
  let scans = 0;
  const reading = {
    scan: async () => (scans++, { media: proxy() }),
    checkCompleteness: async () => WHOLE,
  };
  const verified = await verifyProxy(plan, { ...files, counts: COUNTS, counted: [] }, reading);
  return { ...verified, scans };
}

describe('a proxy', () => {
  it('that is as it was planned is good, and its source is not read again', async () => {
    const { failure, verification, scans } = await verdict(proxy());
    expect(failure).toBeNull();
    expect(verification.map(({ check }) => check)).toContain('frame_count');
    expect(scans).toBe(0);
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
    const { scans, verification } = await verdict(proxy(), 'undeclared');
    expect(scans).toBe(1);
    expect(verification[0]).toEqual(WHOLE);
  });
});
