import { rounded } from '../measure/place.ts';
import {
  yieldToEventLoop,
  WINDOWS,
  type AudioFacts,
  type AudioFault,
  type AudioForm,
} from './audio-trace.ts';
import { SOUND_LIMITS as LIMITS } from './sound-limits.ts';

/** Windows per level: 100 ms. */
const SPAN = 10;
/** Samples per codec block, over which a codec spreads a transient. */
const BLOCK = 1024;
/** Largest shift of a channel either way in search of a better match, in levels of 10 ms. */
const REACH = 25;
/** dBFS of silence: one 16-bit level. */
const SILENCE = -90;

/** Levels of a channel in dBFS, one every 10 ms. */
type Levels = Float32Array;

/** Differences of a coded track from its source, in decibels those of the worst channel. */
export interface AudioDifferences {
  /** Decibels by which the worst 100 ms are too soft, and by which the worst are too loud. */
  softer_decibels: number;
  louder_decibels: number;
  /** Decibels by which a whole channel is louder in the mean; negative if it is softer. */
  level_decibels: number;
  /** Seconds by which the track is longer; negative if it is shorter. */
  longer_seconds: number;
  fault: AudioFault | null;
}

/**
 * Compares a lossy track with its source by the levels of its channels: silent, cut, louder, swapped, late.
 *
 * @param deep index of the LFE channel, whose high frequencies codecs cut; `null` without one.
 */
export async function codedDifferences(
  source: AudioFacts,
  proxy: AudioFacts,
  form: AudioForm,
  deep: number | null,
): Promise<AudioDifferences> {
  const wanted: Levels[] = [];
  for (let channel = 0; channel < form.channels; channel++) {
    wanted.push(levelsOf(source, channel, form));
    await yieldToEventLoop();
  }
  const longer = (proxy.samples - source.samples) / form.sampleRate;
  const off = { softer_decibels: 0, louder_decibels: 0, level_decibels: 0 };
  let fault = lengthFault(longer, proxy.samples / form.sampleRate);
  for (const [channel, own] of wanted.entries()) {
    if (channel === deep) continue;
    const found = levelsOf(proxy, channel, form);
    await yieldToEventLoop();
    const level = levelOf(own) < LIMITS.audible ? 0 : levelOf(found) - levelOf(own);
    const { softer, louder, first } = farthest(own, found, form);
    off.softer_decibels = Math.max(off.softer_decibels, rounded(softer));
    off.louder_decibels = Math.max(off.louder_decibels, rounded(louder));
    if (Math.abs(level) > Math.abs(off.level_decibels)) off.level_decibels = rounded(level);
    const other = await likeOther(wanted, found, channel);
    const place = (first ?? 0) / WINDOWS + SPAN / 2 / WINDOWS;
    const [what, seconds] =
      other !== null || Math.abs(level) > LIMITS.level_decibels
        ? [other ?? loudness(level, found), 0]
        : [
            first === null ? null : loudness(softer > LIMITS.softer_decibels ? -softer : louder),
            place,
          ];
    if (what !== null) fault ??= { fault: `channel ${channel + 1} ${what}`, seconds };
    await yieldToEventLoop();
  }
  return { ...off, longer_seconds: rounded(longer), fault };
}

function lengthFault(longer: number, end: number): AudioFault | null {
  if (Math.abs(longer) <= LIMITS.longer_seconds) return null;
  const differs = `${Math.abs(longer).toFixed(2)} s ${longer < 0 ? 'shorter' : 'longer'}`;
  return { fault: `it is ${differs} than its source`, seconds: end - Math.max(0, longer) };
}

/** Levels of a channel; a track shorter than 100 ms has a single one. */
function levelsOf({ loudness }: AudioFacts, channel: number, { channels }: AudioForm): Levels {
  const windows = Math.floor(loudness.length / channels);
  const span = Math.min(SPAN, windows);
  const square = (window: number) => (loudness[window * channels + channel] as number) ** 2;
  const levels = new Float32Array(windows === 0 ? 0 : windows - span + 1);
  let sum = 0;
  for (let window = 0; window < windows; window++) {
    sum += square(window);
    if (window < span - 1) continue;
    const first = window - span + 1;
    levels[first] = Math.max(SILENCE, 10 * Math.log10(sum / span / 32_768 ** 2));
    sum -= square(first);
  }
  return levels;
}

/** Mean power of a channel in dBFS. */
function levelOf(levels: Levels): number {
  const power = levels.reduce((sum, level) => sum + 10 ** (level / 10), 0);
  return levels.length === 0 ? SILENCE : 10 * Math.log10(power / levels.length);
}

function loudness(decibels: number, all?: Levels): string {
  if (all && levelOf(all) < LIMITS.floor) return 'is silent';
  return `is ${Math.abs(decibels).toFixed(1)} dB ${decibels < 0 ? 'softer' : 'louder'} than its source`;
}

/** Largest drop below the source's levels, largest rise above all of them within a codec block, and the first level beyond a limit. */
function farthest(wanted: Levels, found: Levels, { sampleRate }: AudioForm) {
  const spread = Math.ceil((BLOCK / sampleRate) * WINDOWS);
  let [softer, louder] = [0, 0];
  let first: number | null = null;
  for (let at = 0; at < Math.min(wanted.length, found.length); at++) {
    const [own, here] = [wanted[at] as number, found[at] as number];
    if (own > LIMITS.audible) softer = Math.max(softer, own - here);
    // Neighbours can only lower the difference: they are consulted for a new maximum alone.
    if (here - own > louder) {
      const around = wanted.subarray(Math.max(0, at - spread), at + spread + 1);
      louder = Math.max(louder, here - Math.max(LIMITS.floor, ...around));
    }
    const isBeyond = softer > LIMITS.softer_decibels || louder > LIMITS.louder_decibels;
    if (isBeyond) first ??= at;
  }
  return { softer, louder, first };
}

/** Describes the source channel, or the shift in time, that a channel matches better than its own; `null` for none. */
async function likeOther(wanted: Levels[], found: Levels, channel: number): Promise<string | null> {
  const own = wanted[channel] as Levels;
  const limit = unlikeness(own, found);
  if (limit === null || limit < LIMITS.unlike_decibels || levelOf(found) < LIMITS.floor)
    return null;
  let best = { unlike: limit / LIMITS.unlike_times, words: null as string | null };
  const attempt = async (levels: Levels, lag: number, words: string) => {
    const unlike = unlikeness(levels, found, lag);
    if (unlike !== null && unlike < best.unlike) best = { unlike, words };
    await yieldToEventLoop();
  };
  for (const [other, levels] of wanted.entries())
    await attempt(levels, 0, `sounds like channel ${other + 1}`);
  for (let lag = -REACH; lag <= REACH; lag++) {
    const milliseconds = Math.abs(lag) * (1000 / WINDOWS);
    await attempt(own, lag, `comes ${milliseconds} ms ${lag < 0 ? 'early' : 'late'}`);
  }
  return best.words;
}

/** Mean difference of two channels in decibels where either is audible; `null` if too few levels are. */
function unlikeness(wanted: Levels, found: Levels, lag = 0): number | null {
  let [sum, count] = [0, 0];
  const end = Math.min(wanted.length, found.length - lag);
  for (let at = Math.max(0, -lag); at < end; at++) {
    const [one, other] = [wanted[at] as number, found[at + lag] as number];
    if (Math.max(one, other) < LIMITS.audible) continue;
    sum += Math.abs(Math.max(one, LIMITS.floor) - Math.max(other, LIMITS.floor));
    count++;
  }
  return count < LIMITS.unlike_levels ? null : sum / count;
}
