import { CONTENT_TOLERANCES as T } from '../measure/tolerances.ts';
import {
  AUDIBLE,
  envelopes,
  power,
  secondsOfWindow,
  SETTLED,
  SMEAR,
  unlikeness,
  type Envelope,
} from './envelope.ts';
import type { SoundFault } from './exact-sound.ts';
import type { SoundFacts, SoundForm } from './sound-trace.ts';
import { waveFault } from './waveform.ts';

/** Windows by which a track is tried to be shifted. */
const REACH = 25;

/**
 * Compares a track that is coded with loss, by the loudness of its channels and the course of their waves: swapped, shifted,
 * silent, loud, cut, turned around. `null` for one that sounds the same.
 *
 * @param deep the channel for deep tones alone, which codecs cut at the top; `null` without one.
 */
export function codedFault(
  source: SoundFacts,
  proxy: SoundFacts,
  form: SoundForm,
  deep: number | null,
): SoundFault | null {
  const [wanted, found] = envelopes(source, proxy, form);
  return (
    lengthFault(source, proxy, form) ??
    wrongChannel(wanted, found, deep) ??
    shiftFault(wanted, found, form) ??
    gainFault(wanted, found, deep) ??
    firstFault(wanted, found, form, deep) ??
    waveFault(source, proxy, [wanted, found], form, deep)
  );
}

function lengthFault(source: SoundFacts, proxy: SoundFacts, { sampleRate }: SoundForm) {
  const missing = (source.samples - proxy.samples) / sampleRate;
  if (Math.abs(missing) <= Math.max(T.codedSeconds, T.codedSamples / sampleRate)) return null;
  const seconds = Math.min(source.samples, proxy.samples) / sampleRate;
  const differs = missing > 0 ? 'shorter' : 'longer';
  return { fault: `it is ${Math.abs(missing).toFixed(2)} s ${differs} than its source`, seconds };
}

function wrongChannel(wanted: Envelope[], found: Envelope[], deep: number | null) {
  for (const [channel, envelope] of found.entries()) {
    const own = unlikeness(wanted[channel] as Envelope, envelope);
    if (channel === deep || own === null || own < T.otherDecibels) continue;
    const like = wanted.findIndex(
      (other) => (unlikeness(other, envelope) ?? own) < own / T.otherFactor,
    );
    if (like >= 0 && power(envelope) > AUDIBLE)
      return { fault: `channel ${channel + 1} sounds like channel ${like + 1}`, seconds: 0 };
  }
  return null;
}

function shiftFault(wanted: Envelope[], found: Envelope[], form: SoundForm): SoundFault | null {
  const heard = wanted.flatMap((one, n) => {
    const other = found[n] as Envelope;
    const own = unlikeness(one, other);
    return own === null ? [] : [{ one, other, own }];
  });
  const own = Math.max(0, ...heard.map((channel) => channel.own));
  if (own < T.shiftedDecibels) return null;
  const at = (lag: number) =>
    Math.max(...heard.map(({ one, other }) => unlikeness(one, other, lag) ?? own));
  for (let lag = -REACH; lag <= REACH; lag++) {
    const seconds = secondsOfWindow(lag, form);
    if (Math.abs(lag) > 1 && at(lag) < own / T.otherFactor)
      return { fault: `it comes ${Math.round(seconds * 1000)} ms late`, seconds: 0 };
  }
  return null;
}

function gainFault(wanted: Envelope[], found: Envelope[], deep: number | null): SoundFault | null {
  const off = wanted.flatMap((envelope, channel) => {
    const [own, heard] = [power(envelope), power(found[channel] as Envelope)];
    const isOff = heard > T.gain * own || heard < own / T.gain;
    return channel !== deep && own > AUDIBLE && isOff ? [{ channel, own, heard }] : [];
  });
  const [first] = off;
  if (first === undefined) return null;
  const silent = off.filter(({ heard }) => heard < AUDIBLE).map(({ channel }) => channel + 1);
  if (silent.length > 0) return { fault: silentChannels(silent), seconds: 0 };
  const gain = (first.heard / first.own).toFixed(2);
  return { fault: `channel ${first.channel + 1} is ${gain} times as loud`, seconds: 0 };
}

function silentChannels(channels: readonly number[]): string {
  return channels.length === 1
    ? `channel ${channels[0]} is silent`
    : `channels ${channels.slice(0, -1).join(', ')} and ${channels.at(-1)} are silent`;
}

/** The first place at which a channel is silent or loud and its source isn't. */
function firstFault(
  wanted: Envelope[],
  found: Envelope[],
  form: SoundForm,
  deep: number | null,
): SoundFault | null {
  // Codecs begin and end as they like.
  const windows = Math.min(...[...wanted, ...found].map(({ length }) => length)) - SMEAR;
  for (let at = SETTLED; at < windows; at++) {
    for (const [channel, envelope] of wanted.entries()) {
      if (channel === deep) continue;
      const here = (found[channel] as Envelope)[at] as number;
      const [least, most] = range(envelope, at, 1);
      const seconds = secondsOfWindow(at, form);
      if (least > AUDIBLE && here < least * T.silentShare)
        return { fault: `channel ${channel + 1} is silent`, seconds };
      const spread = range(envelope, at, SMEAR)[1] * T.smearShare;
      if (here > AUDIBLE + most * T.loudShare + spread)
        return { fault: `channel ${channel + 1} is louder than its source`, seconds };
    }
  }
  return null;
}

function range(envelope: Envelope, at: number, reach: number): [least: number, most: number] {
  let [least, most] = [Infinity, 0];
  for (let n = Math.max(0, at - reach); n <= Math.min(envelope.length - 1, at + reach); n++) {
    least = Math.min(least, envelope[n] as number);
    most = Math.max(most, envelope[n] as number);
  }
  return [least, most];
}
