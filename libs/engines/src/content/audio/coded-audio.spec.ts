import { expect, it } from 'vitest';
import { codedDifferences } from './coded-audio.ts';
import { type AudioFacts, AudioTrace } from './audio-trace.ts';

const FORM = { channels: 2, sampleRate: 48_000, depth: 16, isCoded: true } as const;
const SAMPLES = 2 * FORM.sampleRate;

type Audio = (at: number, channel: number) => number;

/** Two voices that come and go, each in its own time. */
const voices: Audio = (at, channel) => {
  const seconds = at / FORM.sampleRate;
  const [pitch, pace] = channel === 0 ? [300, 3.1] : [700, 4.7];
  const loud = 0.6 + 0.4 * Math.sin(2 * Math.PI * pace * seconds);
  return 9000 * loud * Math.sin(2 * Math.PI * pitch * seconds);
};

const tone =
  (hertz: number, level = 9000): Audio =>
  (at) =>
    level * Math.sin((2 * Math.PI * hertz * at) / FORM.sampleRate);

const knock: Audio = (at) => (Math.abs(at - 50_000) < 50 ? 20_000 * (-1) ** (at >> 5) : 0);
const spread = (at: number) => (Math.abs(at - 50_000) < 900 ? tone(400, 600)(at, 0) : 0);

function traced(audio: Audio, samples = SAMPLES) {
  const pcm = Int16Array.from({ length: 2 * samples }, (_, n) => audio(n >> 1, n & 1));
  const trace = new AudioTrace(FORM);
  trace.take(new Uint8Array(pcm.buffer));
  return trace.finish();
}

const source = traced(voices);
const isIn = (at: number, from: number, to: number) =>
  at >= from * FORM.sampleRate && at < to * FORM.sampleRate;
const compared = (wanted: AudioFacts, found: AudioFacts) =>
  codedDifferences(wanted, found, FORM, null);

it.each<[string, Audio, Audio]>([
  ['a little noise', voices, (at, channel) => voices(at, channel) + 40 * Math.sin(at * at)],
  ['a constant', (at, channel) => voices(at, channel) + 400, voices],
  ['a constant in silence', () => 300, () => 0],
  ['what is too deep to be heard', tone(1, 9000), () => 0],
  ['what is too high to be heard', tone(20_000, 3000), () => 0],
  ['the soft', tone(400, 60), () => 0],
  ['noise below the floor', () => 0, tone(400, 60)],
  ['what a block spreads of a knock', knock, (at, channel) => knock(at, channel) + spread(at)],
])('codecs may add or leave out %s', async (_, wanted, found) => {
  expect((await compared(traced(wanted), traced(found))).fault).toBe(null);
});

it.each<[string, Audio]>([
  ['channel 2 is silent', (at, channel) => (channel === 1 ? 0 : voices(at, channel))],
  ['channel 1 is silent', () => 0],
  ['channel 1 sounds like channel 2', (at, channel) => voices(at, 1 - channel)],
  ['channel 2 sounds like channel 1', (at) => voices(at, 0)],
  ['channel 1 comes 60 ms late', (at, channel) => voices(at - 0.06 * 48_000, channel)],
  ['channel 1 comes 60 ms early', (at, channel) => voices(at + 0.06 * 48_000, channel)],
  ['channel 1 is 6.0 dB louder than its source', (at, channel) => 2 * voices(at, channel)],
  ['channel 1 is 6.0 dB softer than its source', (at, channel) => voices(at, channel) / 2],
])('is told: %s', async (fault, audio) => {
  expect((await compared(source, traced(audio))).fault).toEqual({ fault, seconds: 0 });
});

it.each([
  ['softer', 0],
  ['louder', 3.6],
])('100 ms of one channel that are %s are told with their place', async (how, gain) => {
  const found: Audio = (at, channel) =>
    voices(at, channel) * (channel === 1 && isIn(at, 1, 1.1) ? gain : 1);
  const { fault } = await compared(source, traced(found));
  expect(fault?.fault).toMatch(new RegExp(`^channel 2 is \\d+\\.\\d dB ${how} than its source$`));
  expect(fault?.seconds).toBeCloseTo(1.05, 1);
});

it('healthy sound is told with its distance, too', async () => {
  const found = traced((at, channel) => 0.9 * voices(at, channel), SAMPLES + 480);
  const off = { softer_decibels: 0.92, louder_decibels: 0, level_decibels: -0.91 };
  expect(await compared(source, found)).toEqual({ ...off, longer_seconds: 0.01, fault: null });
});

it('the channel for deep tones is not compared', async () => {
  const found = traced((at, channel) => (channel === 1 ? 0 : voices(at, channel)));
  expect((await codedDifferences(source, found, FORM, 1)).fault).toBe(null);
});

it.each([
  ['1.00 s shorter', SAMPLES / 2],
  ['0.15 s longer', SAMPLES + 7200],
])('a track of another length: %s', async (differs, samples) => {
  const { fault } = await compared(source, traced(voices, samples));
  expect(fault?.fault).toBe(`it is ${differs} than its source`);
});

it('a track of a frame has one level', async () => {
  const [wanted, found] = [traced(voices, 1920), traced((at) => voices(at, 0) / 4, 1920)];
  expect((await compared(wanted, found)).fault).not.toBe(null);
});

/** An hour of noise in each channel, as it is traced. */
function hour(channels: number, gain = 1): AudioFacts {
  const windows = 3600 * 100 * channels;
  const levels = (at: number) => gain * (1000 + ((at * 7919) % 4000));
  return {
    samples: 3600 * FORM.sampleRate,
    loudness: Uint16Array.from({ length: windows }, (_, at) => Math.round(levels(at))),
    hashes: [],
    start: new Float32Array(0),
  };
}

it('an hour of many channels lets other work through while it is compared', async () => {
  const form = { ...FORM, channels: 8 };
  let turns = 0;
  const other = () => void (turns++, (timer = setImmediate(other)));
  let timer = setImmediate(other);
  expect((await codedDifferences(hour(8), hour(8, 0.98), form, null)).fault).toBe(null);
  clearImmediate(timer);
  expect(turns).toBeGreaterThanOrEqual(2 * 8);
});
