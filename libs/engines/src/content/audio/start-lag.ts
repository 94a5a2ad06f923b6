import type { AudioForm } from './audio-trace.ts';
import { SOUND_LIMITS as LIMITS } from './sound-limits.ts';

/** Seconds compared before and after the first audible sample, and the least that must follow it. */
const WINDOW = { before: 0.1, after: 0.25, least: 0.05 };
/** Seconds at the end of a coded track that aren't compared, because each codec ends it differently. */
const TAIL_SECONDS = 0.06;
const REACH_SECONDS = 0.5;
/** 16-bit level above which a sample is audible. */
const HEARD = 30;
/** Samples between the shifts tried first. */
const STEP = 4;
/** Centre in Hz of the band in which codecs keep the waveform, and not only its loudness. */
const KEPT_HERTZ = 2000;

/**
 * Seconds by which a proxy's track is later than its source, by matching the first audible sound. 0 if that is in place to a
 * millisecond; `null` if it can't be told: the track begins with long silence, or matches nowhere.
 *
 * @param source first samples of the source on the proxy's clock, from zero on.
 * @param found first samples of the proxy.
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
  const searched = found.subarray(0, to + reach + Math.abs(shift));
  const [wantedBand, heardBand] = [
    keptBand(source.subarray(0, to), sampleRate).subarray(from),
    keptBand(searched, sampleRate),
  ];
  const roughly = (lag: number) => misfit(wantedBand, heardBand, from + lag - shift, STEP);
  const whole = (lag: number) => misfit(wanted, searched, from + lag - shift);
  const exactly = isCoded
    ? (lag: number) => misfit(wantedBand, heardBand, from + lag - shift)
    : whole;
  const same = isCoded ? LIMITS.start_coded : LIMITS.start_exact;
  if (exactly(0) <= same) return 0;
  const tolerance = Math.ceil(LIMITS.start_seconds * sampleRate) + 1;
  const [, here] = best(exactly, -tolerance, tolerance, 1);
  // If the sound is a low tone alone, everything else in the band comes from the codec.
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

/** Shift nearest to zero that fits nearly as well as the best: a sound may repeat. */
function nearestFit(misfitOf: (lag: number) => number, reach: number): number {
  const lags = Array.from({ length: Math.ceil(reach / STEP) }, (_, n) => [-n * STEP, n * STEP]);
  const tried = lags.flat().map((lag) => ({ lag, misfit: misfitOf(lag) }));
  const least = tried.reduce((least, { misfit }) => Math.min(least, misfit), 1);
  return tried.find(({ misfit }) => misfit <= 2 * least + LIMITS.start_elsewhere / 10)?.lag ?? 0;
}

/** Share of the wanted energy that isn't found at a place, whatever the gain. */
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

/** Band-pass filter around `KEPT_HERTZ`. */
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
