import { CONTENT_TOLERANCES as T } from '../measure/tolerances.ts';
import { LOUD, SETTLED, SMEAR, secondsOfWindow, type Envelope } from './envelope.ts';
import type { SoundFault } from './exact-sound.ts';
import type { SoundFacts, SoundForm } from './sound-trace.ts';

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
export function waveFault(
  source: SoundFacts,
  proxy: SoundFacts,
  [wanted, found]: [wanted: readonly Envelope[], found: readonly Envelope[]],
  form: SoundForm,
  deep: number | null,
): SoundFault | null {
  for (const [channel, envelope] of wanted.entries()) {
    if (channel === deep) continue;
    const waveOf =
      ({ waves }: SoundFacts) =>
      (window: number) =>
        waves[window * form.channels + channel] as number;
    const other = found[channel] as Envelope;
    for (const run of runsOf(envelope, other, waveOf(source), waveOf(proxy))) {
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

function runsOf(
  wanted: Envelope,
  found: Envelope,
  waveOfSource: (window: number) => number,
  waveOfProxy: (window: number) => number,
): Run[] {
  const heard = windowsOf(wanted, found);
  if (heard.length < LEAST) return [];
  const steps = heard.map((at) => decibelsBetween(wanted[at], found[at]));
  const usual = median(steps);
  return Array.from({ length: Math.ceil(heard.length / RUN) }, (_, run) => {
    const end = Math.min(heard.length, (run + 1) * RUN);
    // A run is whole, where the track is long enough: the last one begins earlier for that.
    const begin = Math.max(0, end - RUN);
    let [both, source, proxy, uneven] = [0, 0, 0, 0];
    for (let at = begin; at < end; at++) {
      const window = heard[at] as number;
      const [one, other] = [waveOfSource(window), waveOfProxy(window)];
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
function windowsOf(wanted: Envelope, found: Envelope): number[] {
  const windows: number[] = [];
  for (let at = SETTLED; at < Math.min(wanted.length, found.length) - SMEAR; at++)
    if ((wanted[at] as number) >= LOUD && !Number.isNaN(found[at])) windows.push(at);
  return windows;
}

function decibelsBetween(wanted = 0, found = 0): number {
  return 20 * Math.log10(Math.max(1, found) / wanted);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}
