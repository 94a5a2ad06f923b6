import { positiveRational, rationalToNumber, reduceRational, type Rational } from './rational.ts';
import { irregularity, isRegular, lacksTimes } from './head-frames.ts';
import type { HeadFrames, VideoStream } from './media-info.ts';

/** The rates that cameras and editors use; a rate near one of them is that one. */
export const STANDARD_RATES: readonly Rational[] =
  '24000/1001 24/1 25/1 30000/1001 30/1 48000/1001 48/1 50/1 60000/1001 60/1 100/1 120000/1001 120/1 240000/1001 240/1'
    .split(' ')
    .flatMap((rate) => positiveRational(rate) ?? []);

/** The rates that variable sources stand for: those that every editor and container takes. */
const COMMON_RATES = STANDARD_RATES.filter(
  ({ numerator, denominator }) =>
    numerator / denominator <= 60.1 && ![48_000, 48].includes(numerator),
);

/** The NTSC rates differ from whole ones by 1/1001; half of that still tells them apart. */
const SAME_RATE = 0.0004;
/** Base and average of a constant rate differ by rounding alone: a millisecond clock, a last frame of another length. */
const CONSTANT_RATE = 0.002;

const EXACT = 1e-9;

/** A count of fields is twice the frames but for an odd one at an end; what is farther off is a variable rate. */
const FIELD_RATE = 0.02;

export interface SourceRate {
  rate: Rational;
  /** True when frames don't follow each other at one distance. */
  variable: boolean;
}

/**
 * The rate of a source, from its base rate and its average.
 *
 * A base of twice the average is a count of fields: then the average is the rate. When the two disagree otherwise, the
 * rate is variable. A common base rate that isn't below the average stands for it then, as what the camera was set to:
 * at that rate no frame is lost; otherwise the common rate nearest to the average does. DV has no choice, and FFmpeg's
 * average of a raw DV file is none. Where many pictures lack times, it is the one that the others follow, or else the average,
 * which is the codec's own. The first pictures, where they are known, overrule a header that is a guess: their distances
 * tell the rate, or that there is none. Without an average, the base is a guess.
 *
 * @returns `null` when the file declares no rate.
 */
export function sourceRate(video: VideoStream): SourceRate | null {
  const base = positiveRational(video.frameRate);
  const average = positiveRational(video.averageFrameRate);
  const only = onlyRate(video, base, average);
  if (only) return { rate: nearestRate(only), variable: false };
  const ofSlots = base && average && rateOfSlots(base, average, video);
  if (ofSlots) return ofSlots;
  const seen = rateOfHead(video);
  const constant = average === null ? (seen ?? base) : constantRate(base, average, video);
  if (constant === null)
    return average && { rate: seen ?? commonRate(base, average), variable: true };
  const rate = nearestRate(constant);
  if (agrees(video, rate)) return { rate, variable: false };
  return { rate: seen ?? rate, variable: !countsFields(video, rate, seen ?? rate) };
}

/** Whether a header counts fields, as where a camera's stream was copied into MOV. */
function countsFields({ head }: VideoStream, rate: Rational, seen: Rational): boolean {
  const doubled = { numerator: 2 * seen.numerator, denominator: seen.denominator };
  return head?.areFields === true && differs(rate, doubled) < SAME_RATE;
}

/** The rate that is known whatever the times of pictures say: of DV, and where they have none. */
function onlyRate(
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
  // Film in a stream of fields is shown for three of them and two by turns: less than a frame beside its rate.
  const isNear = (rate: Rational) =>
    irregularity(head, rationalToNumber(rate)) * rationalToNumber(rate) < 1;
  const seen = named.find((rate) => agrees(video, rate)) ?? nearestFirst(head).find(isNear);
  return (isEnough && seen) || (named[0] ?? null);
}

/**
 * The rate of pictures that lie farther apart than the slots of their container, as of a stream that was copied into an AVI: the
 * average is that of the slots, and the base what the reader made of the pictures. `null` where every slot has one.
 */
function rateOfSlots(
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

/** The rate that base and average name together, `null` where they disagree: where a tick of the file is a picture, the average is no rounding. */
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

/** Fewer pictures tell no rate against a header; without an average, any two know more than it. */
const ENOUGH_FRAMES = { againstHeader: 8, withoutAverage: 2 };

/**
 * The rate at which the first pictures follow each other, the nearest where a coarse clock leaves several; `null` at
 * none, `undefined` where they aren't known.
 */
function rateOfHead({
  head,
  tickSeconds,
  averageFrameRate,
}: VideoStream): Rational | null | undefined {
  const ofOnly = positiveRational(head?.rateOfOnly ?? null);
  if (ofOnly) return ofOnly;
  const { againstHeader, withoutAverage } = ENOUGH_FRAMES;
  const least = positiveRational(averageFrameRate) ? againstHeader : withoutAverage;
  if (!head || tickSeconds === null || head.seconds.length < least) return undefined;
  return (
    nearestFirst(head).find((rate) => isRegular(head, rationalToNumber(rate), tickSeconds)) ?? null
  );
}

/** Standard rates, first the one from which pictures differ least. */
function nearestFirst(head: HeadFrames): Rational[] {
  const distance = (rate: Rational) => irregularity(head, rationalToNumber(rate));
  return STANDARD_RATES.toSorted((a, b) => distance(a) - distance(b));
}

function agrees({ head, tickSeconds }: VideoStream, rate: Rational): boolean {
  return !head || tickSeconds === null || isRegular(head, rationalToNumber(rate), tickSeconds);
}

/**
 * The exact rate that a number in a JobSpec means: 23.976, 23.98, 29.97, 59.94 and their kin are the NTSC rates, a whole
 * number is itself, and anything else is kept as the decimal fraction that was written.
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

/** The number of frames in which timecode counts a second: 24 for 24000/1001. */
export function nominalRate(rate: Rational): number {
  return Math.round(rationalToNumber(rate));
}

/** A rate within rounding of a standard one is that one; any other stays as it is. */
export function nearestRate(rate: Rational): Rational {
  return STANDARD_RATES.find((standard) => differs(rate, standard) < SAME_RATE) ?? rate;
}

function commonRate(base: Rational | null, average: Rational): Rational {
  const nominal = COMMON_RATES.find((rate) => base && differs(rate, base) < SAME_RATE);
  if (nominal && rationalToNumber(nominal) >= rationalToNumber(average)) return nominal;
  return nearestRateOf(COMMON_RATES, average);
}

/** The one that differs least, as a share of itself. */
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

/** `24000/1001` as people say it, `23.976`. */
export function shortRate(rate: string): string {
  const [numerator = 0, denominator = 1] = rate.split('/').map(Number);
  return fps({ numerator, denominator });
}
