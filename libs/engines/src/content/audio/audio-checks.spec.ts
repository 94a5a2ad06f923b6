import { expect, it } from 'vitest';
import type { MediaInfo } from '../../media/index.ts';
import type { AudioPlan, ProxyPlan } from '../../proxy/plan/proxy-plan.ts';
import { audioChecks, audioForm } from './audio-checks.ts';
import { type AudioFacts, AudioTrace } from './audio-trace.ts';

const RATE = 48_000;
const PLAN = {
  container: 'mov',
  video: { timing: { rate: { numerator: 25, denominator: 1 } } },
  timecode: null,
} as unknown as ProxyPlan;
const tracks = (encoder: string) =>
  [{ encoder, channels: 1, sampleRate: RATE }] as unknown as readonly AudioPlan[];

/** A second of a tone that begins after some silence, in seconds. */
const heard = (delay: number, level = 9000) =>
  Int16Array.from({ length: RATE }, (_, n) =>
    n < delay * RATE ? 0 : level * Math.sin(2 * Math.PI * 440 * (n / RATE - delay)),
  );

function checksOf(encoder: string, wanted: Int16Array, found: Int16Array) {
  const audio = tracks(encoder);
  const [source, proxy] = [wanted, found].map((samples) => {
    const trace = new AudioTrace(audioForm(audio[0] as AudioPlan));
    trace.take(new Uint8Array(samples.buffer));
    return trace.finish();
  }) as [AudioFacts, AudioFacts];
  const track = { source, proxy, start: source.start, proxyDelay: 0 };
  return audioChecks({ ...PLAN, audio: [...audio] }, { streams: [] } as unknown as MediaInfo, [
    track,
  ]);
}

it.each([
  ['with its source', 0.1, 0, true],
  ['late', 0.12, 20, false],
  ['early', 0.08, -20, false],
])('sound that begins %s', async (_, delay, milliseconds, passed) => {
  const [check] = await checksOf('pcm_s16le', heard(0.1), heard(delay));
  const said = { expected: [0], actual: [milliseconds], tolerance: 1, passed };
  expect(check).toEqual({ check: 'sound_start_off_ms', ...said });
});

it('sound that is kept to the sample has no tolerance', async () => {
  const [, check] = await checksOf('pcm_s16le', heard(0.1), heard(0.1));
  const same = ['as its source'];
  expect(check).toEqual({ check: 'sound', expected: same, actual: same, passed: true });
});

it.each([
  [8000, true],
  [5000, false],
])(
  'coded sound is told with how far it is off, and what it may be: %d levels',
  async (level, passed) => {
    const [, check] = await checksOf('aac', heard(0.1), heard(0.1, level));
    const off = Math.round(2000 * Math.log10(level / 9000)) / 100;
    const fault = {
      fault: `channel 1 is ${(-off).toFixed(1)} dB softer than its source`,
      frame: 0,
    };
    expect(check).toMatchObject({
      actual: [
        { level_decibels: off, louder_decibels: 0, longer_seconds: 0, ...(passed ? {} : fault) },
      ],
      tolerance: {
        softer_decibels: 9,
        louder_decibels: 8,
        level_decibels: 3.5,
        longer_seconds: 0.14,
      },
      passed,
    });
  },
);
