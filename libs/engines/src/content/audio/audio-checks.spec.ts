import { expect, it } from 'vitest';
import type { MediaInfo } from '../../media/index.ts';
import type { AudioPlan, ProxyPlan } from '../../proxy/plan/proxy-plan.ts';
import { audioChecks, audioForm } from './audio-checks.ts';
import { AudioTrace } from './audio-trace.ts';

const RATE = 48_000;
const TRACK = { encoder: 'pcm_s16le', channels: 1, sampleRate: RATE } as AudioPlan;
const PLAN = {
  audio: [TRACK],
  container: 'mov',
  video: { timing: { rate: '25' } },
  timecode: null,
} as unknown as ProxyPlan;

/** Half a second of a tone that begins after some silence, in seconds. */
const heard = (delay: number) =>
  Float32Array.from({ length: RATE / 2 }, (_, n) =>
    n < delay * RATE ? 0 : 9000 * Math.sin(2 * Math.PI * 440 * (n / RATE - delay)),
  );

it.each([
  ['with its source', 0.1, 0, true],
  ['late', 0.12, 20, false],
  ['early', 0.08, -20, false],
])('sound that begins %s', async (_, delay, milliseconds, passed) => {
  const silence = new AudioTrace(audioForm(TRACK)).finish();
  const start = { source: heard(0.1), proxy: heard(delay), proxyDelay: 0 };
  const [check] = await audioChecks(PLAN, {} as MediaInfo, [
    { source: silence, proxy: silence, start },
  ]);
  expect(check).toMatchObject({ check: 'sound_start_off_ms', actual: [milliseconds], passed });
});
