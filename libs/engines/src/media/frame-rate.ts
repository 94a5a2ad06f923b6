import { positiveRational, rationalToNumber, reduceRational, type Rational } from './rational.ts';
import { irregularity, isRegular, lacksTimes } from './frame-regularity.ts';
import type { HeadFrames, VideoStream } from './media-info.ts';

/** Rates that cameras and editors use; a rate close to one of them counts as that one. */
export const STANDARD_RATES: readonly Rational[] =
  '24000/1001 24/1 25/1 30000/1001 30/1 48000/1001 48/1 50/1 60000/1001 60/1 100/1 120000/1001 120/1 240000/1001 240/1'
    .split(' ')
    .flatMap((rate) => positiveRational(rate) ?? []);

/** Nominal rates for variable sources: rates that every editor and container accepts. */
const COMMON_RATES = STANDARD_RATES.filter(
  ({ numerator, denominator }) =>
    numerator / denominator <= 60.1 && ![48_000, 48].includes(numerator),
);

/** Relative difference below which two rates are the same. NTSC rates differ from whole ones by 1/1001, more than twice this. */
const SAME_RATE = 0.0004;
/** Relative difference of base and average that rounding alone explains: a millisecond clock, a last frame of another length. */
const CONSTANT_RATE = 0.002;

const EXACT = 1e-9;

/** Relative difference within which a base of twice the average is a field count; a single field at an end accounts for no more. */
const FIELD_RATE = 0.02;

export interface SourceRate {
  rate: Rational;
  /** True if the distance between frames varies. */
  variable: boolean;
}

/**
 * Frame rate of a source, from its header's base rate and average rate.
 *
 * - A base of twice the average counts fields: the average is the rate.
 * - If the two disagree otherwise, the rate is variable. Its nominal rate is the base if that is a common rate and not below the
 *   average, since the camera was set to it and no frame is lost at it; else the common rate nearest to the average.
 * - DV has the base as a fixed rate: FFmpeg gives a raw DV file no average.
 * - If many frames lack a PTS, the rate is the one that the others follow, or else the average, which is the codec's own.
 * - Decoded first frames overrule a header that guesses: their distances give the rate, or show that it varies. Without an
 *   average, the base is such a guess.
 *
 * @returns `null` when the file declares no rate.
 */
export function sourceRate(video: VideoStream): SourceRate | null {
  const base = positiveRational(video.frameRate);
  const average = positiveRational(video.averageFrameRate);
  const only = fixedRate(video, base, average);
  if (only) return { rate: nearestRate(only), variable: false };
  const slotRate = base && average && rateAmongSlots(base, average, video);
  if (slotRate) return slotRate;
  const seen = rateOfHead(video);
  const constant = average === null ? (seen ?? base) : constantRate(base, average, video);
  if (constant === null)
    return average && { rate: seen ?? commonRate(base, average), variable: true };
  const rate = nearestRate(constant);
  if (agrees(video, rate)) return { rate, variable: false };
  return { rate: seen ?? rate, variable: !countsFields(video, rate, seen ?? rate) };
}

/** True if the header counts fields, as in a camera's stream that was copied into MOV. */
function countsFields({ head }: VideoStream, rate: Rational, seen: Rational): boolean {
  const doubled = { numerator: 2 * seen.numerator, denominator: seen.denominator };
  return head?.packetsAreFields === true && differs(rate, doubled) < SAME_RATE;
}

/** Rate of DV, and of streams in which many frames lack a PTS; `null` for all others. */
function fixedRate(
  video: VideoStream,
  base: Rational | null,
  average: Rational | null,
): Rational | null {
  if (video.codecName === 'dvvideo') return base;
  const { head } = video;
  if (!head || !lacksTimes(head)) return null;
  const timed = head.seconds.filter((time) => !Number.isNaN(time));
  const named = [average, base].filter((rate) => rate !== null);
  const isEnough = timed.length >= ENOUGH_FRAMES.againstHeader;
  // Telecined film alternates three fields and two per frame: its PTS are less than a frame off its rate.
  const isNear = (rate: Rational) =>
    irregularity(head, rationalToNumber(rate)) * rationalToNumber(rate) < 1;
  const seen = named.find((rate) => agrees(video, rate)) ?? nearestFirst(head).find(isNear);
  return (isEnough && seen) || (named[0] ?? null);
}

/**
 * Rate of frames that are farther apart than the slots of their container, as in a stream that was copied into an AVI: the
 * average rate is that of the slots, the base rate is FFmpeg's guess for the frames. `null` if every slot has a frame.
 */
function rateAmongSlots(
  base: Rational,
  slots: Rational,
  { head, tickSeconds }: VideoStream,
): SourceRate | null {
  const seconds = head?.slotSeconds ?? [];
  const isFiner = rationalToNumber(base) < rationalToNumber(slots) / (1 + CONSTANT_RATE);
  if (!head || tickSeconds === null || !isFiner || seconds.length < 2) return null;
  const all = { ...head, seconds };
  const regular = [base, ...nearestFirst(all)].find((rate) =>
    isRegular(all, rationalToNumber(rate), tickSeconds),
  );
  const rate = nearestRate(regular ?? commonRate(base, base));
  return { rate, variable: regular === undefined };
}

/** Rate that base and average agree on, or `null`. If a tick of the file is one frame, the average is exact. */
function constantRate(
  base: Rational | null,
  average: Rational,
  { declaredFrames, tickSeconds }: VideoStream,
): Rational | null {
  const isExact = Math.abs(rationalToNumber(average) * (tickSeconds ?? 0) - 1) < EXACT;
  if (base === null) return average;
  const tolerance = Math.max(CONSTANT_RATE, declaredFrames ? 1.5 / declaredFrames : 0);
  if (differs(base, average) <= tolerance) return isExact ? average : base;
  const doubled = { numerator: average.numerator * 2, denominator: average.denominator };
  return differs(base, doubled) <= Math.min(tolerance, FIELD_RATE) ? average : null;
}

/** Frames needed to derive a rate. Without an average, any two know more than the header. */
const ENOUGH_FRAMES = { againstHeader: 8, withoutAverage: 2 };

/**
 * Standard rate of the first frames, the nearest if a coarse clock leaves several; `null` if none fits, `undefined` if too few
 * frames are known.
 */
function rateOfHead({
  head,
  tickSeconds,
  averageFrameRate,
}: VideoStream): Rational | null | undefined {
  const singleFrameRate = positiveRational(head?.singleFrameRate ?? null);
  if (singleFrameRate) return singleFrameRate;
  const { againstHeader, withoutAverage } = ENOUGH_FRAMES;
  const least = positiveRational(averageFrameRate) ? againstHeader : withoutAverage;
  if (!head || tickSeconds === null || head.seconds.length < least) return undefined;
  return (
    nearestFirst(head).find((rate) => isRegular(head, rationalToNumber(rate), tickSeconds)) ?? null
  );
}

/** Standard rates, beginning with the one that the frames fit best. */
function nearestFirst(head: HeadFrames): Rational[] {
  const distance = (rate: Rational) => irregularity(head, rationalToNumber(rate));
  return STANDARD_RATES.toSorted((a, b) => distance(a) - distance(b));
}

function agrees({ head, tickSeconds }: VideoStream, rate: Rational): boolean {
  return !head || tickSeconds === null || isRegular(head, rationalToNumber(rate), tickSeconds);
}

/**
 * Exact rate for a number in a JobSpec: 23.976, 23.98, 29.97, 59.94 and the like are NTSC rates, a whole number is itself, and
 * anything else is kept as the decimal fraction that was written.
 */
export function explicitRate(fps: number): Rational {
  const ntsc = STANDARD_RATES.find(
    (rate) => rate.denominator === 1001 && Math.abs(rationalToNumber(rate) - fps) < 0.005,
  );
  if (ntsc && !Number.isInteger(fps)) return ntsc;
  const decimals = (String(fps).split('.')[1] ?? '').length;
  const denominator = 10 ** decimals;
  return reduceRational({ numerator: Math.round(fps * denominator), denominator });
}

/** Frames per second as timecode counts them: 24 for 24000/1001. */
export function nominalRate(rate: Rational): number {
  return Math.round(rationalToNumber(rate));
}

/** The standard rate within rounding of a rate; else the rate itself. */
export function nearestRate(rate: Rational): Rational {
  return STANDARD_RATES.find((standard) => differs(rate, standard) < SAME_RATE) ?? rate;
}

function commonRate(base: Rational | null, average: Rational): Rational {
  const nominal = COMMON_RATES.find((rate) => base && differs(rate, base) < SAME_RATE);
  if (nominal && rationalToNumber(nominal) >= rationalToNumber(average)) return nominal;
  return nearestRateOf(COMMON_RATES, average);
}

/** The rate with the smallest relative difference. */
export function nearestRateOf(rates: readonly Rational[], rate: Rational): Rational {
  const [nearest] = rates.toSorted((a, b) => differs(rate, a) - differs(rate, b));
  return nearest ?? rate;
}

function differs(a: Rational, b: Rational): number {
  return Math.abs(rationalToNumber(a) / rationalToNumber(b) - 1);
}

/** `29.97`, for people. */
export function fps(rate: Rational): string {
  return String(Number(rationalToNumber(rate).toFixed(3)));
}

/** `23.976` for `24000/1001`. */
export function shortRate(rate: string): string {
  const [numerator = 0, denominator = 1] = rate.split('/').map(Number);
  return fps({ numerator, denominator });
}
