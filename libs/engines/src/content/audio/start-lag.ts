import type { AudioForm } from './audio-trace.ts';
import { SOUND_LIMITS as LIMITS } from './sound-limits.ts';

/** Seconds before and after the first sound that are compared, and how far it is looked for. */
const WINDOW = { before: 0.1, after: 0.25, least: 0.05 };
/** Seconds at the end of a track that codecs end as they like. */
const TAIL_SECONDS = 0.06;
const REACH_SECONDS = 0.5;
/** Levels of 16 bits above which something is heard. */
const HEARD = 30;
/** Samples between the places that are tried at first. */
const STEP = 4;
/** Hz around which codecs keep the form of a wave, and not only its loudness. */
const KEPT_HERTZ = 2000;

/**
 * By how many seconds a track of a proxy comes later than in its source, by the sound itself: where the first thing that is
 * heard fits. 0 where that is at its place to a millisecond, `null` where nothing tells: it begins with long silence, or fits
 * nowhere.
 *
 * @param source its first samples on the proxy's clock, from zero on.
 * @param found those of the proxy.
 * @param shift samples by which the proxy's are later by its own clock.
 */
export function startLag(
  source: Float32Array,
  found: Float32Array,
  { sampleRate, isCoded }: AudioForm,
  shift = 0,
): number | null {
  const onset = source.findIndex((level) => Math.abs(level) > HEARD);
  const from = Math.max(0, onset - Math.round(WINDOW.before * sampleRate));
  const end = source.length - (isCoded ? Math.round(TAIL_SECONDS * sampleRate) : 0);
  const to = Math.min(end, onset + Math.round(WINDOW.after * sampleRate));
  if (onset < 0 || to - onset < WINDOW.least * sampleRate) return null;
  const wanted = source.subarray(from, to);
  const reach = Math.round(REACH_SECONDS * sampleRate);
  const heard = found.subarray(0, to + reach + Math.abs(shift));
  const [wantedBand, heardBand] = [
    keptBand(source.subarray(0, to), sampleRate).subarray(from),
    keptBand(heard, sampleRate),
  ];
  const roughly = (lag: number) => misfit(wantedBand, heardBand, from + lag - shift, STEP);
  const whole = (lag: number) => misfit(wanted, heard, from + lag - shift);
  const exactly = isCoded
    ? (lag: number) => misfit(wantedBand, heardBand, from + lag - shift)
    : whole;
  const same = isCoded ? LIMITS.start_coded : LIMITS.start_exact;
  if (exactly(0) <= same) return 0;
  const tolerance = Math.ceil(LIMITS.start_seconds * sampleRate) + 1;
  const [, here] = best(exactly, -tolerance, tolerance, 1);
  // Of a deep tone alone, what else is heard is the codec's.
  if (here <= same || best(whole, -tolerance, tolerance, 1)[1] <= same) return 0;
  const near = nearestFit(roughly, reach);
  const [lag, there] = best(exactly, near - 4 * STEP, near + 4 * STEP, 1);
  const isElsewhere =
    Math.abs(lag) > tolerance &&
    there < Math.min(LIMITS.start_elsewhere, LIMITS.start_better * here);
  const comesAgain = here < LIMITS.again_share && Math.abs(lag) > LIMITS.again_seconds * sampleRate;
  if (isElsewhere && !comesAgain) return lag / sampleRate;
  return here < LIMITS.start_elsewhere ? 0 : null;
}

function best(misfitOf: (lag: number) => number, from: number, to: number, step: number) {
  let [lag, least] = [0, Infinity];
  for (let at = from; at <= to; at += step) {
    const here = misfitOf(at);
    if (here < least) [lag, least] = [at, here];
  }
  return [lag, least] as const;
}

/** The place nearest to the right one that fits next to as well as the best: a sound may come again. */
function nearestFit(misfitOf: (lag: number) => number, reach: number): number {
  const lags = Array.from({ length: Math.ceil(reach / STEP) }, (_, n) => [-n * STEP, n * STEP]);
  const tried = lags.flat().map((lag) => ({ lag, misfit: misfitOf(lag) }));
  const least = tried.reduce((least, { misfit }) => Math.min(least, misfit), 1);
  return tried.find(({ misfit }) => misfit <= 2 * least + LIMITS.start_elsewhere / 10)?.lag ?? 0;
}

/** The share of the energy of what is wanted that isn't found at a place, however loud it is there. */
function misfit(wanted: Float32Array, found: Float32Array, at: number, step = 1): number {
  let [product, own, other, cut] = [0, 0, 0, 0];
  for (let n = 0; n < wanted.length; n += step) {
    const one = wanted[n] as number;
    if (at + n < 0) {
      cut += one * one;
      continue;
    }
    const two = found[at + n] ?? 0;
    product += one * two;
    own += one * one;
    other += two * two;
  }
  return product <= 0 || own < cut ? 1 : 1 - (product * product) / (own * other);
}

/** Without what is deeper or higher. */
function keptBand(samples: Float32Array, sampleRate: number): Float32Array {
  const step = 1 - Math.exp((-2 * Math.PI * KEPT_HERTZ) / sampleRate);
  const band = new Float32Array(samples.length);
  let [before, first, second] = [0, 0, 0];
  for (let at = 0; at < samples.length; at++) {
    const sample = samples[at] as number;
    first += step * (sample - before - first);
    second += step * (first - second);
    before = sample;
    band[at] = second;
  }
  return band;
}
