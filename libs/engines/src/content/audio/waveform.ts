import { breathe } from '../measure/breathe.ts';
import { GrowableArray } from '../measure/growable-array.ts';
import { CONTENT_TOLERANCES as T } from '../measure/tolerances.ts';
import { LOUD, SETTLED, SMEAR, secondsOfWindow, type Envelope } from './envelope.ts';
import type { AudioFault } from './exact-audio.ts';
import type { AudioFacts, AudioForm } from './audio-trace.ts';

/** Windows that are judged together: a second of sound, silence in it not counted. */
const RUN = 100;
/** Windows of a whole track below which they tell nothing. */
const LEAST = 30;

/** What one run of windows of a channel tells. */
interface Run {
  /** Windows from the start of the track. */
  from: number;
  /** How its wave follows that of its source: 1 as it does, 0 not at all, -1 turned around. */
  likeness: number;
  /** The mean of how far its loudness is from its source's, in decibels, beside what all of the channel is. */
  uneven: number;
}

/**
 * The first place at which a coded channel has another wave than its source, or follows its loudness only by turns. Loudness alone
 * can't tell polarity, nor one voice from another that is as loud.
 *
 * @param deep the channel for deep tones alone, which codecs cut at the top; `null` without one.
 */
export async function waveFault(
  source: AudioFacts,
  proxy: AudioFacts,
  [wanted, found]: [wanted: readonly Envelope[], found: readonly Envelope[]],
  form: AudioForm,
  deep: number | null,
): Promise<AudioFault | null> {
  for (const [channel, envelope] of wanted.entries()) {
    if (channel === deep) continue;
    await breathe();
    const heard = windowsOf(envelope, found[channel] as Envelope);
    const waves = [source, proxy].map((facts) => wavesOf(facts, form, channel, heard));
    const steps = decibelsBetween(envelope, found[channel] as Envelope, heard);
    for (const run of runsOf(heard, steps, waves as [Int16Array, Int16Array])) {
      const fault = faultOf(run);
      if (fault !== null)
        return {
          fault: `channel ${channel + 1} ${fault}`,
          seconds: secondsOfWindow(run.from, form),
        };
    }
  }
  return null;
}

function faultOf({ likeness, uneven }: Run): string | null {
  if (likeness < -T.waveLikeness) return 'has its polarity turned around';
  if (likeness < T.waveLikeness) return 'has another wave than its source';
  return uneven > T.unevenDecibels ? 'is louder and softer than its source by turns' : null;
}

/** @param heard windows; of each there is a step of loudness, and where its waves stand. */
function runsOf(
  heard: Uint32Array,
  steps: Float64Array,
  [ofSource, ofProxy]: [source: Int16Array, proxy: Int16Array],
): Run[] {
  if (heard.length < LEAST) return [];
  const usual = steps.toSorted()[Math.floor(steps.length / 2)] as number;
  return Array.from({ length: Math.ceil(heard.length / RUN) }, (_, run) => {
    const end = Math.min(heard.length, (run + 1) * RUN);
    // A run is whole, where the track is long enough: the last one begins earlier for that.
    const begin = Math.max(0, end - RUN);
    let [both, source, proxy, uneven] = [0, 0, 0, 0];
    for (let at = begin; at < end; at++) {
      const [one, other] = [ofSource[at] as number, ofProxy[at] as number];
      both += one * other;
      source += one * one;
      proxy += other * other;
      uneven += Math.abs((steps[at] as number) - usual);
    }
    // Without a slow wave there is nothing to compare: a high tone alone has none.
    const isHeard = source > (end - begin) * LEAST_WAVE ** 2;
    const likeness = isHeard ? both / Math.sqrt(source * Math.max(1, proxy)) : 1;
    return { from: heard[begin] as number, likeness, uneven: uneven / (end - begin) };
  });
}

/** Levels below which a slow wave is what a codec's noise makes of it. */
const LEAST_WAVE = 50;

/** Those that are loud enough, and neither drowned nor at an end, where codecs do as they like. */
function windowsOf(wanted: Envelope, found: Envelope): Uint32Array {
  const windows = new GrowableArray((length) => new Uint32Array(length));
  for (let at = SETTLED; at < Math.min(wanted.length, found.length) - SMEAR; at++)
    if ((wanted[at] as number) >= LOUD && !Number.isNaN(found[at])) windows.add(at);
  return windows.get();
}

function wavesOf(
  { waves }: AudioFacts,
  { channels }: AudioForm,
  channel: number,
  heard: Uint32Array,
): Int16Array {
  const ofWindows = new Int16Array(heard.length);
  for (let n = 0; n < heard.length; n++)
    ofWindows[n] = waves[(heard[n] as number) * channels + channel] as number;
  return ofWindows;
}

/** How much louder each of these windows is in the proxy than in its source, in decibels. */
function decibelsBetween(wanted: Envelope, found: Envelope, heard: Uint32Array): Float64Array {
  const steps = new Float64Array(heard.length);
  for (let n = 0; n < heard.length; n++) {
    const at = heard[n] as number;
    steps[n] = 20 * Math.log10(Math.max(1, found[at] as number) / (wanted[at] as number));
  }
  return steps;
}
