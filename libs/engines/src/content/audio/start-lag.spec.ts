import { describe, expect, it } from 'vitest';
import { AudioTrace } from './audio-trace.ts';
import { startLag } from './start-lag.ts';

const RATE = 16_000;
const EXACT = { channels: 1, sampleRate: RATE, depth: 16, isCoded: false } as const;
const CODED = { ...EXACT, isCoded: true };

type Audio = (seconds: number) => number;

const tone: Audio = (seconds) => (seconds < 0 ? 0 : 9000 * Math.sin(2 * Math.PI * 440 * seconds));
const hiss: Audio = (seconds) =>
  seconds < 0 ? 0 : 9000 * Math.sin(1e5 * Math.sin(Math.round(seconds * RATE)));
const beeps: Audio = (seconds) => (seconds % 0.5 < 0.1 ? tone(seconds) : 0);
const silence: Audio = () => 0;

const heard = (audio: Audio, delay = 0, length = 2) =>
  Float32Array.from({ length: length * RATE }, (_, n) => audio(n / RATE - delay));
const lagOf = (wanted: Float32Array, found: Float32Array, form: typeof EXACT | typeof CODED) => {
  const seconds = startLag(wanted, found, form);
  return seconds === null ? null : Math.round(seconds * 1e4) / 10;
};

describe.each([
  ['kept to the sample', EXACT],
  ['coded', CODED],
])('a track that is %s', (_, form) => {
  it.each<[string, Audio]>([
    ['a tone', tone],
    ['hiss', hiss],
    ['beeps', beeps],
  ])('%s at its place', (__, audio) => {
    expect(lagOf(heard(audio, 0.06), heard(audio, 0.06), form)).toBe(0);
    expect(lagOf(heard(audio, -0.01), heard(audio, -0.01), form)).toBe(0);
  });

  it.each<[string, Audio]>([
    ['a tone', tone],
    ['hiss', hiss],
    ['beeps', beeps],
  ])('%s that comes early or late', (__, audio) => {
    expect(lagOf(heard(audio, 0.06), heard(audio, 0.02), form)).toBe(-40);
    expect(lagOf(heard(audio, 0.02), heard(audio, 0.0325), form)).toBe(12.5);
    expect(lagOf(heard(audio, 0.06), heard(audio, 0.36), form)).toBe(300);
  });

  it('an early one whose beginning is cut', () => {
    expect(lagOf(heard(hiss, 0), heard(hiss, -0.04), form)).toBe(-40);
  });

  it('a millisecond is none', () => {
    expect(lagOf(heard(hiss, 0.06), heard(hiss, 0.061), form)).toBe(0);
    expect(lagOf(heard(hiss, 0.06), heard(hiss, 0.062), form)).toBe(2);
  });

  it.each<[string, Audio, Audio]>([
    ['silence', silence, tone],
    ['other sound, which is for others to tell', hiss, tone],
    ['a proxy of silence', tone, silence],
  ])('nothing is told of %s', (__, wanted, found) => {
    expect(lagOf(heard(wanted, 0.06), heard(found, 0.06), form)).toBe(null);
  });

  it('a start after the seconds that are heard is unknown', () => {
    expect(lagOf(heard(tone, 1.99), heard(tone, 1.99), form)).toBe(null);
  });
});

it('a constant and what codecs change of it is no sound that tells', () => {
  const [wanted, found] = [heard((t) => 400 + tone(t - 0.05)), heard((t) => tone(t - 0.05))];
  expect(lagOf(wanted, found, CODED)).toBe(0);
});

it('a deep tone is at its place, whatever a codec adds above it', () => {
  const deep: Audio = (seconds) => 2300 * Math.sin(300 * seconds);
  const grit: Audio = (seconds) => hiss(seconds) / (seconds < 0.05 ? 20 : 200);
  const found = heard((seconds) => deep(seconds) + grit(seconds), 0, 0.24);
  expect(lagOf(heard(deep, 0, 0.24), found, CODED)).toBe(0);
});

it.each([
  [1.8, 0],
  [2.3, null],
])(
  'a beep whose beginning a codec makes %d times as loud is not late where it comes again',
  (gain, lag) => {
    const often: Audio = (seconds) => (seconds % 0.4 < 0.1 ? tone(seconds) : 0);
    const louder: Audio = (seconds) =>
      (seconds > 0.03 && seconds < 0.06 ? gain : 1) * often(seconds);
    expect(lagOf(heard(often), heard(louder), CODED)).toBe(lag);
  },
);

it('the end of a coded track tells nothing', () => {
  const found = heard(hiss, 0, 0.2).fill(0, 0.14 * RATE);
  expect(lagOf(heard(hiss, 0, 0.2), found, CODED)).toBe(0);
});

it('by its own clock a proxy may begin before or after the picture', () => {
  expect(startLag(heard(hiss, 0.06), heard(hiss, 0.01), EXACT, 800)).toBe(0);
  expect(startLag(heard(hiss, 0.06), heard(hiss, 0.07), EXACT, -160)).toBe(0);
});

it('channels that are opposite are heard', () => {
  const start = new AudioTrace({ ...EXACT, channels: 2 });
  const bytes = Buffer.from(Int16Array.of(1000, -1000, 2000, -2000).buffer);
  start.take(bytes.subarray(0, 3));
  start.take(bytes.subarray(3));
  const { start: samples } = start.finish();
  expect(Array.from(samples, Math.round)).toEqual([300, 600]);
});
