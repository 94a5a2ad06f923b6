import { breathe } from '../measure/breathe.ts';
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
import type { AudioFault } from './exact-audio.ts';
import type { AudioFacts, AudioForm } from './audio-trace.ts';
import { waveFault } from './waveform.ts';

/** Windows by which a track is tried to be shifted. */
const REACH = 25;

/**
 * Compares a track that is coded with loss, by the loudness of its channels and the course of their waves: swapped, shifted,
 * silent, loud, cut, turned around. `null` for one that sounds the same. Hours of it are compared in steps.
 *
 * @param deep the channel for deep tones alone, which codecs cut at the top; `null` without one.
 */
export async function codedFault(
  source: AudioFacts,
  proxy: AudioFacts,
  form: AudioForm,
  deep: number | null,
): Promise<AudioFault | null> {
  const [wanted, found] = await envelopes(source, proxy, form);
  return (
    lengthFault(source, proxy, form) ??
    (await wrongChannel(wanted, found, deep)) ??
    (await shiftFault(wanted, found, form)) ??
    gainFault(wanted, found, deep) ??
    (await firstFault(wanted, found, form, deep)) ??
    (await waveFault(source, proxy, [wanted, found], form, deep))
  );
}

function lengthFault(source: AudioFacts, proxy: AudioFacts, { sampleRate }: AudioForm) {
  const missing = (source.samples - proxy.samples) / sampleRate;
  if (Math.abs(missing) <= Math.max(T.codedSeconds, T.codedSamples / sampleRate)) return null;
  const seconds = Math.min(source.samples, proxy.samples) / sampleRate;
  const differs = missing > 0 ? 'shorter' : 'longer';
  return { fault: `it is ${Math.abs(missing).toFixed(2)} s ${differs} than its source`, seconds };
}

async function wrongChannel(wanted: Envelope[], found: Envelope[], deep: number | null) {
  for (const [channel, envelope] of found.entries()) {
    await breathe();
    const own = unlikeness(wanted[channel] as Envelope, envelope);
    if (channel === deep || own === null || own < T.otherDecibels) continue;
    const like = await firstLike(wanted, envelope, own);
    if (like !== null && power(envelope) > AUDIBLE)
      return { fault: `channel ${channel + 1} sounds like channel ${like + 1}`, seconds: 0 };
  }
  return null;
}

/** The first channel that is much less unlike than a channel's own. */
async function firstLike(
  wanted: Envelope[],
  envelope: Envelope,
  own: number,
): Promise<number | null> {
  for (const [channel, other] of wanted.entries()) {
    await breathe();
    if ((unlikeness(other, envelope) ?? own) < own / T.otherFactor) return channel;
  }
  return null;
}

async function shiftFault(
  wanted: Envelope[],
  found: Envelope[],
  form: AudioForm,
): Promise<AudioFault | null> {
  const own = (await mostUnlike(wanted, found, 0)) ?? 0;
  if (own < T.shiftedDecibels) return null;
  for (let lag = -REACH; lag <= REACH; lag++) {
    if (Math.abs(lag) <= 1) continue;
    const unlike = await mostUnlike(wanted, found, lag, own);
    if (unlike !== null && unlike < own / T.otherFactor) {
      const seconds = secondsOfWindow(lag, form);
      return {
        fault: `it comes ${Math.round(Math.abs(seconds) * 1000)} ms ${seconds < 0 ? 'early' : 'late'}`,
        seconds: 0,
      };
    }
  }
  return null;
}

/**
 * How unlike the channel is that is most so, of those that can be heard; `null` without one.
 *
 * @param unheard what counts for a channel that can be heard in its place, and not there.
 */
async function mostUnlike(
  wanted: Envelope[],
  found: Envelope[],
  lag: number,
  unheard: number | null = null,
): Promise<number | null> {
  let most: number | null = null;
  for (const [channel, one] of wanted.entries()) {
    await breathe();
    const other = found[channel] as Envelope;
    if (lag !== 0 && unlikeness(one, other) === null) continue;
    const unlike = unlikeness(one, other, lag) ?? unheard;
    if (unlike !== null) most = Math.max(most ?? 0, unlike);
  }
  return most;
}

function gainFault(wanted: Envelope[], found: Envelope[], deep: number | null): AudioFault | null {
  const off = wanted.flatMap((envelope, channel) => {
    const [own, heard] = [power(envelope), power(found[channel] as Envelope)];
    const isOff = heard > T.gain * own || heard < own / T.gain;
    return channel !== deep && own > AUDIBLE && isOff ? [{ channel, own, heard }] : [];
  });
  const [first] = off;
  if (first === undefined) return null;
  const silent = off.filter(({ heard }) => heard < AUDIBLE).map(({ channel }) => channel + 1);
  if (silent.length > 0) return { fault: silentChannels(silent), seconds: 0 };
  if (isMixed(wanted, found)) return { fault: 'its channels are mixed into one', seconds: 0 };
  const gain = (first.heard / first.own).toFixed(2);
  return { fault: `channel ${first.channel + 1} is ${gain} times as loud`, seconds: 0 };
}

/** Whether all channels sound the same, and those of the source don't. */
function isMixed(
  [firstWanted, ...wanted]: Envelope[],
  [firstFound, ...found]: Envelope[],
): boolean {
  if (firstWanted === undefined || firstFound === undefined || found.length === 0) return false;
  const own = Math.max(...wanted.map((other) => unlikeness(firstWanted, other) ?? 0));
  const left = Math.max(...found.map((other) => unlikeness(firstFound, other) ?? Infinity));
  return own >= T.otherDecibels && left < own / T.otherFactor;
}

function silentChannels(channels: readonly number[]): string {
  return channels.length === 1
    ? `channel ${channels[0]} is silent`
    : `channels ${channels.slice(0, -1).join(', ')} and ${channels.at(-1)} are silent`;
}

/** The first place at which a channel is silent or loud and its source isn't. */
async function firstFault(
  wanted: Envelope[],
  found: Envelope[],
  form: AudioForm,
  deep: number | null,
): Promise<AudioFault | null> {
  // Codecs begin and end as they like.
  let end = Math.min(...[...wanted, ...found].map(({ length }) => length)) - SMEAR;
  let first: AudioFault | null = null;
  for (const [channel, envelope] of wanted.entries()) {
    if (channel === deep) continue;
    await breathe();
    for (let at = SETTLED; at < end; at++) {
      const what = faultAt(envelope, (found[channel] as Envelope)[at] as number, at);
      if (what === null) continue;
      first = { fault: `channel ${channel + 1} ${what}`, seconds: secondsOfWindow(at, form) };
      // Of the other channels, only an earlier place counts.
      end = at;
    }
  }
  return first;
}

function faultAt(envelope: Envelope, here: number, at: number): string | null {
  const [least, most] = range(envelope, at, 1);
  if (least > AUDIBLE && here < least * T.silentShare) return 'is silent';
  const loud = AUDIBLE + most * T.loudShare;
  const isLouder = here > loud && here > loud + range(envelope, at, SMEAR)[1] * T.smearShare;
  return isLouder ? 'is louder than its source' : null;
}

function range(envelope: Envelope, at: number, reach: number): [least: number, most: number] {
  let [least, most] = [Infinity, 0];
  for (let n = Math.max(0, at - reach); n <= Math.min(envelope.length - 1, at + reach); n++) {
    least = Math.min(least, envelope[n] as number);
    most = Math.max(most, envelope[n] as number);
  }
  return [least, most];
}
