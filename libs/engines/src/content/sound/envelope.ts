import { WINDOWS, type SoundFacts, type SoundForm } from './sound-trace.ts';

/** One channel's loudness, window by window; not a number where something deep drowns the source. */
export type Envelope = Float64Array;

/** Those of a source, and of its proxy in the same windows. */
export function envelopes(
  source: SoundFacts,
  proxy: SoundFacts,
  { channels }: SoundForm,
): [wanted: Envelope[], found: Envelope[]] {
  const isDrowned = (at: number) => ((source.loudness[at] ?? 0) & 1) === 1;
  const of = ({ loudness }: SoundFacts) =>
    Array.from({ length: channels }, (_, channel) =>
      Float64Array.from({ length: Math.floor(loudness.length / channels) }, (__, window) => {
        const at = window * channels + channel;
        return isDrowned(at) ? NaN : (loudness[at] as number);
      }),
    );
  return [of(source), of(proxy)];
}

export function secondsOfWindow(window: number, { sampleRate }: SoundForm): number {
  return (window * Math.floor(sampleRate / WINDOWS)) / sampleRate;
}

/** Below this, sound counts as none: -50 dB of full scale. */
export const AUDIBLE = 100;
/** From here on what a codec adds is far softer than the sound: -40 dB. */
export const LOUD = 300;

/** Windows with sound that a judgement needs. */
const ENOUGH = 20;

/**
 * Mean loudness of a channel where nothing deep drowns it; 0 where that is hardly anywhere: a deep tone lets a few windows at
 * its start through, and each decoder begins with others.
 */
export function power(envelope: Envelope): number {
  const heard = envelope.filter((value) => !Number.isNaN(value));
  if (heard.length < Math.min(ENOUGH, envelope.length / 2)) return 0;
  const sum = heard.reduce((all, value) => all + value * value, 0);
  return Math.sqrt(sum / Math.max(1, heard.length));
}

/** Windows at the start of a track in which a codec settles. */
export const SETTLED = 20;

/** Windows into which a codec's blocks smear a sudden sound. */
export const SMEAR = 6;

/**
 * How unlike two channels are: the mean difference of their loudness in decibels, where either can be heard. `null` where that
 * is hardly anywhere.
 */
export function unlikeness(a: Envelope, b: Envelope, lag = 0): number | null {
  let [sum, count] = [0, 0];
  const end = Math.min(a.length, b.length - lag);
  for (let at = Math.max(SETTLED, -lag); at < end; at++) {
    const [one, other] = [a[at] as number, b[at + lag] as number];
    if (!(one >= AUDIBLE || other >= AUDIBLE) || Number.isNaN(one + other)) continue;
    sum += Math.abs(decibels(one) - decibels(other));
    count++;
  }
  return count < ENOUGH ? null : sum / count;
}

function decibels(value: number): number {
  return 20 * Math.log10(Math.max(value, AUDIBLE / 4));
}
