import { expect, it } from 'vitest';
import { codedFault } from './coded-audio.ts';
import { type AudioFacts, AudioTrace } from './audio-trace.ts';

const FORM = { channels: 2, sampleRate: 48_000, depth: 16, isCoded: true } as const;
const SAMPLES = 2 * FORM.sampleRate;

type Audio = (at: number, channel: number) => number;

/** Two voices that come and go, each in its own time. */
const voices: Audio = (at, channel) => voice(at, channel, [300, 700]);

const voice = (at: number, channel: number, pitches: readonly [number, number]) => {
  const seconds = at / FORM.sampleRate;
  const [pitch, pace] = channel === 0 ? [pitches[0], 3.1] : [pitches[1], 4.7];
  const loud = 0.6 + 0.4 * Math.sin(2 * Math.PI * pace * seconds);
  return 9000 * loud * Math.sin(2 * Math.PI * pitch * seconds);
};

function traced(audio: Audio, samples = SAMPLES) {
  const pcm = Int16Array.from({ length: 2 * samples }, (_, n) => audio(n >> 1, n & 1));
  const trace = new AudioTrace(FORM);
  trace.take(new Uint8Array(pcm.buffer));
  return trace.finish();
}

const source = traced(voices);
const isIn = (at: number, from: number, to: number) =>
  at >= from * FORM.sampleRate && at < to * FORM.sampleRate;
const faultOf = async (audio: Audio, samples?: number) =>
  (await codedFault(source, traced(audio, samples), FORM, null))?.fault ?? null;

it('sound that a codec has changed a little is the same', async () => {
  expect(await faultOf((at, channel) => 0.97 * voices(at, channel) + 40 * Math.sin(at * at))).toBe(
    null,
  );
});

const tone =
  (hertz: number, delay = 0): Audio =>
  (at) =>
    9000 * Math.sin(2 * Math.PI * hertz * (at / FORM.sampleRate - delay));

it.each<[string, Audio, Audio]>([
  ['a constant', (at, channel) => voices(at, channel) + 400, voices],
  ['a constant in silence', () => 300, () => 0],
  ['wind', tone(5), tone(5, -0.05)],
  ['hiss', tone(15_000), () => 0],
])('%s is left out by codecs, and is no sound', async (_, wanted, found) => {
  expect(await codedFault(traced(wanted), traced(found), FORM, null)).toBe(null);
});

it('the start of a tone that is deep says nothing about how loud it is', async () => {
  const soft: Audio = (at, channel) => tone(48)(at, channel) * Math.min(1, at / 480);
  expect(await codedFault(traced(tone(48, 0.004)), traced(soft), FORM, null)).toBe(null);
});

/** Wind that overloads a microphone: full scale one way, then the other. */
const wind = (at: number) => (isIn(at, 0.5, 1) ? 1 : isIn(at, 1, 1.5) ? -1 : 0) * 32_000;

it('traces of a codec in wind that drowns everything are no difference', async () => {
  const hum = tone(400);
  const found: Audio = (at, channel) => wind(at) + (wind(at) === 0 ? 0 : hum(at, channel) / 20);
  expect(await codedFault(traced(wind), traced(found), FORM, null)).toBe(null);
});

it('a channel that is silent where no wind drowns it is found', async () => {
  const windy: Audio = (at, channel) => Math.min(32_767, voices(at, channel) + wind(at));
  const found: Audio = (at) => windy(at, 0) * (isIn(at, 0.3, 0.4) ? 0 : 1);
  expect(await codedFault(traced(windy), traced(found), FORM, null)).not.toBe(null);
});

it.each<[string, Audio]>([
  ['a channel is silent', (at, channel) => (channel === 1 ? 0 : voices(at, channel))],
  ['all is silent', () => 0],
  ['channels are exchanged', (at, channel) => voices(at, 1 - channel)],
  ['both channels are the left one', (at) => voices(at, 0)],
  ['40 ms are silent', (at, channel) => (isIn(at, 1, 1.04) ? 0 : voices(at, channel))],
  ['100 ms are loud', (at, channel) => voices(at, channel) * (isIn(at, 1, 1.1) ? 3.6 : 1)],
  ['its polarity is turned around', (at, channel) => -voices(at, channel)],
  ['another voice is as loud', (at, channel) => voice(at, channel, [330, 660])],
  ['it flutters', (at, channel) => voices(at, channel) * (0.75 + tone(10)(at, 0) / 36_000)],
  ['a second is louder', (at, channel) => voices(at, channel) * (isIn(at, 0.3, 1.3) ? 1.45 : 1)],
  ['it is twice as loud', (at, channel) => 2 * voices(at, channel)],
  ['it is half as loud', (at, channel) => voices(at, channel) / 2],
  ['it is 60 ms late', (at, channel) => voices(at - 0.06 * FORM.sampleRate, channel)],
  ['it is 60 ms early', (at, channel) => voices(at + 0.06 * FORM.sampleRate, channel)],
])('%s', async (_, audio) => {
  expect(await faultOf(audio)).not.toBe(null);
});

it.each<[string, Audio]>([
  ['channel 2 is silent', (at, channel) => (channel === 1 ? 0 : voices(at, channel))],
  ['channels 1 and 2 are silent', () => 0],
  ['its channels are mixed into one', (at) => (voices(at, 0) + voices(at, 1)) / 4],
  ['channel 1 is 2.00 times as loud', (at, channel) => 2 * voices(at, channel)],
])('is told in words: %s', async (fault, audio) => {
  expect(await faultOf(audio)).toBe(fault);
});

it.each([
  [0.128, null],
  [0.14, 'it is 0.14 s longer than its source'],
])('at 8 kHz the last block may make it longer: %d s', async (seconds, fault) => {
  const form = { ...FORM, sampleRate: 8000 };
  const [short, long] = [16_000, 16_000 + seconds * 8000];
  const found = await codedFault(traced(voices, short), traced(voices, long), form, null);
  expect(found?.fault ?? null).toBe(fault);
});

it('a track that ends early is told with its length', async () => {
  expect(await faultOf(voices, SAMPLES / 2)).toBe('it is 1.00 s shorter than its source');
});

/** An hour of noise in each channel, as it is traced. */
function hour(channels: number, gain = 1): AudioFacts {
  const windows = 3600 * 100 * channels;
  const levels = (at: number) => 1000 + ((at * 7919) % 4000);
  return {
    samples: 3600 * FORM.sampleRate,
    loudness: Uint16Array.from({ length: windows }, (_, at) => 2 * Math.round(gain * levels(at))),
    waves: Int16Array.from({ length: windows }, (_, at) => gain * (levels(at * 31) - 3000)),
    hashes: new Uint32Array(0),
  };
}

it('an hour of many channels lets other work through while it is compared', async () => {
  const form = { ...FORM, channels: 8 };
  let turns = 0;
  const other = () => void (turns++, (timer = setImmediate(other)));
  let timer = setImmediate(other);
  expect(await codedFault(hour(8), hour(8, 0.98), form, null)).toBe(null);
  clearImmediate(timer);
  // Each of five passes, channel by channel.
  expect(turns).toBeGreaterThanOrEqual(5 * 8);
});
