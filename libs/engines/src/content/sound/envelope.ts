import { WINDOWS, type SoundFacts, type SoundForm } from './sound-trace.ts';

/** One channel's loudness, window by window. */
export type Envelope = Float64Array;

export function envelopes({ loudness }: SoundFacts, { channels }: SoundForm): Envelope[] {
  const windows = Math.floor(loudness.length / channels);
  return Array.from({ length: channels }, (_, channel) =>
    Float64Array.from({ length: windows }, (__, at) => loudness[at * channels + channel] as number),
  );
}

export function secondsOfWindow(window: number, { sampleRate }: SoundForm): number {
  return (window * Math.floor(sampleRate / WINDOWS)) / sampleRate;
}

/** Below this, sound counts as none: -50 dB of full scale. */
export const AUDIBLE = 100;

/** Mean loudness of a channel. */
export function power(envelope: Envelope): number {
  const sum = envelope.reduce((all, value) => all + value * value, 0);
  return Math.sqrt(sum / Math.max(1, envelope.length));
}

/** Windows at the start of a track in which a codec settles. */
export const SETTLED = 20;
/** Windows with sound that a judgement needs. */
const ENOUGH = 20;

/**
 * How unlike two channels are: the mean difference of their loudness in decibels, where either can be heard. `null` where that
 * is hardly anywhere.
 */
export function unlikeness(a: Envelope, b: Envelope, lag = 0): number | null {
  let [sum, count] = [0, 0];
  const end = Math.min(a.length, b.length - lag);
  for (let at = Math.max(SETTLED, -lag); at < end; at++) {
    const [one, other] = [a[at] as number, b[at + lag] as number];
    if (one < AUDIBLE && other < AUDIBLE) continue;
    sum += Math.abs(decibels(one) - decibels(other));
    count++;
  }
  return count < ENOUGH ? null : sum / count;
}

function decibels(value: number): number {
  return 20 * Math.log10(Math.max(value, AUDIBLE / 4));
}
