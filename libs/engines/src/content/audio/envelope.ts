import { breathe } from '../measure/breathe.ts';
import { WINDOWS, type AudioFacts, type AudioForm } from './audio-trace.ts';

/** One channel's loudness, window by window; not a number where something deep drowns the source. */
export type Envelope = Float64Array;

/** Those of a source, and of its proxy in the same windows. */
export async function envelopes(
  source: AudioFacts,
  proxy: AudioFacts,
  { channels }: AudioForm,
): Promise<[wanted: Envelope[], found: Envelope[]]> {
  const [wanted, found]: [Envelope[], Envelope[]] = [[], []];
  for (let channel = 0; channel < channels; channel++) {
    for (const [facts, all] of [[source, wanted] as const, [proxy, found] as const])
      all.push(envelopeOf(facts.loudness, source.loudness, channel, channels));
    await breathe();
  }
  return [wanted, found];
}

function envelopeOf(
  loudness: Uint16Array,
  ofSource: Uint16Array,
  channel: number,
  channels: number,
): Envelope {
  const envelope = new Float64Array(Math.floor(loudness.length / channels));
  for (let window = 0; window < envelope.length; window++) {
    const at = window * channels + channel;
    const isDrowned = ((ofSource[at] ?? 0) & 1) === 1;
    envelope[window] = isDrowned ? Number.NaN : (loudness[at] as number);
  }
  return envelope;
}

export function secondsOfWindow(window: number, { sampleRate }: AudioForm): number {
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
  let [sum, count] = [0, 0];
  for (const value of envelope) {
    if (Number.isNaN(value)) continue;
    sum += value * value;
    count++;
  }
  return count < Math.min(ENOUGH, envelope.length / 2) ? 0 : Math.sqrt(sum / Math.max(1, count));
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
    sum += Math.abs(Math.log10(Math.max(one, SOFTEST) / Math.max(other, SOFTEST)));
    count++;
  }
  return count < ENOUGH ? null : (20 * sum) / count;
}

/** What is softer counts as so loud, for decibels of silence have no end. */
const SOFTEST = AUDIBLE / 4;
