import { primaryVideo, rationalToNumber, sourceContainer } from '../media/index.ts';
import { cannotBeReordered } from '../proxy/time/reorderable.ts';
import { check, type Check } from './check.ts';
import type { OutputFacts, RunCounts } from './output-facts.ts';
import type { ProxyExpectation } from './proxy-expectation.ts';
import { shownTimes } from './shown-times.ts';
import { TOLERANCES } from './tolerances.ts';

/**
 * Every picture is shown when its source shows it. Where some are repeated or dropped, to reach a rate or to fill a hole,
 * what is left to compare is their number.
 */
export const TIME_CHECKS: readonly Check[] = [
  check<number>({
    name: 'frame_times_off_ms',
    says: (_, actual) =>
      actual === null
        ? 'it hasn’t as many frames as were decoded'
        : `a frame is shown ${actual} ms from its time in the source`,
    blames: (_, actual) => (actual === null ? 'proxy_short' : 'source_uneven'),
    remedy: () =>
      `If its pictures follow at one rate and some have no time, ${inTurn('STARTPTS')}.`,
    expected: (plan, { counts }) => (areCompared(plan, counts) ? 0 : undefined),
    actual: largestDifference,
    tolerance: toleranceOf,
  }),
  check<unknown, OutOfTurn>({
    name: 'frames_in_order',
    says: (_, actual) =>
      `pictures of the source have times out of order, the first is ${named(actual)}`,
    blames: () => 'source_times',
    remedy: (_, actual) => {
      const start = startOfCopy(actual);
      const doubt = start === 'STARTPTS' ? '' : ', and hear whether its sound is in step';
      return `As its times are wrong, ${inTurn(start)}${doubt}.`;
    },
    expected: (plan, { counts }) =>
      (counts.measuredTimes || areCompared(plan, counts)) && isDisorder(plan, counts)
        ? IN_ORDER
        : undefined,
    actual: ({ counts }, plan) => whichIsOut(counts, plan),
  }),
];

const IN_ORDER = 'each after the one before it';

/** The first frame whose time isn't after that of the one before it, or that is ahead of the next. */
interface OutOfTurn {
  frame: number;
  /** How far it is ahead; `null` where it isn't the first. */
  ahead_seconds: number | null;
}

function named(actual: OutOfTurn | null): string {
  if (actual === null) return 'none';
  const { frame, ahead_seconds: ahead } = actual;
  return ahead === null ? `frame ${frame}` : `frame ${frame}, ${ahead.toFixed(3)} s ahead`;
}

/** Which picture is decoded after one that is shown later, or as late; `null` for none. */
function firstOutOfTurn(counts: RunCounts): number | null {
  const times = sourceTimes(counts);
  const index = times.findIndex((time, n) => n > 0 && time <= (times[n - 1] ?? -Infinity));
  return index < 0 ? null : index;
}

/** Where the second is early, the first is as likely to be ahead. */
function whichIsOut(counts: RunCounts, { video }: ProxyExpectation): OutOfTurn | null {
  const index = firstOutOfTurn(counts);
  const [first = 0, second = 0, third = 0] = sourceTimes(counts);
  const ahead = first - second + 1 / rationalToNumber(video.timing.sourceRate);
  if (index === 1 && third > second)
    return { frame: 0, ahead_seconds: Math.round(ahead * 1000) / 1000 };
  return index === null ? null : { frame: index, ahead_seconds: null };
}

/** @param start of the pictures of the copy, as FFmpeg's `setpts` takes it. */
function inTurn(start: string): string {
  return `make a copy in which they follow each other, with its rate in the place of 25: “ffmpeg -i CLIP -map 0:v -map "0:a?" -vf "setpts='${start}+N/(25)/TB'" -r 25 -c:v prores_ks -c:a pcm_s24le NEW.mov”`;
}

/** Where the pictures of a copy begin, as FFmpeg's `setpts` takes it: a first one that is ahead says it too late. */
function startOfCopy(outOfTurn: OutOfTurn | null): string {
  const { frame = null, ahead_seconds: ahead = null } = outOfTurn ?? {};
  if (ahead !== null) return `max(0,STARTPTS-${ahead.toFixed(3)}/TB)`;
  // The first frame is ahead of the second, and no picture before the proxy's zero has a time.
  return frame === 1 ? '0' : 'STARTPTS';
}

function hasCountedTimes({ video: { clock } }: ProxyExpectation): boolean {
  return clock?.constantRate != null;
}

/** What a container only counts has no times of its own. Of what is put in turn, a few may be wrong. */
function isDisorder({ video: { clock, timing } }: ProxyExpectation, counts: RunCounts): boolean {
  if (clock?.constantRate != null) return false;
  if (!clock?.enforceMonotonicPts) return firstOutOfTurn(counts) !== null;
  const frameSeconds = 1 / rationalToNumber(timing.sourceRate);
  return cannotBeReordered(sourceTimes(counts), frameSeconds, counts.frameTick);
}

function sourceTimes({ measuredTimes, frameTimes }: RunCounts): readonly number[] {
  return measuredTimes ?? frameTimes ?? [];
}

function areCompared(plan: ProxyExpectation, counts: RunCounts): boolean {
  return counts.frameTimes !== null && !isResampled(plan, counts);
}

function isResampled(
  { video: { timing, clock } }: ProxyExpectation,
  { duplicatedFrames, droppedFrames }: RunCounts,
): boolean {
  if (timing.mode === 'constant') return true;
  return clock?.fillsEverySlot === true && duplicatedFrames + droppedFrames > 0;
}

/**
 * Milliseconds; `null` when the numbers of pictures differ, or the proxy has no times. A picture that the source only
 * counts comes a frame after the one before it.
 */
function largestDifference({ video, counts }: OutputFacts, plan: ProxyExpectation): number | null {
  const frameSeconds = 1 / rationalToNumber(plan.video.timing.sourceRate);
  const isCounted = hasCountedTimes(plan);
  const { packets, tickSeconds } = video ?? {};
  const wanted = counts.frameTimes;
  if (!packets || !tickSeconds || wanted?.length !== packets.times.length) return null;
  const shown = packets.times.toSorted((a, b) => a - b);
  const first = shown[0] ?? 0;
  const seconds = shown.map((time) => (time - first) * tickSeconds);
  const computed = shownTimes(plan, counts) ?? wanted.map(() => Number.NaN);
  const stored = isCounted ? [] : storedTimes(counts);
  const largest = Math.min(
    farthest(seconds, computed, frameSeconds),
    farthest(seconds, stored, frameSeconds),
  );
  return Math.round(largest * 1e6) / 1e3;
}

/** Seconds by which a picture is farthest from its time; one without a time comes a frame after the one before it. */
function farthest(shown: readonly number[], known: readonly number[], frameSeconds: number) {
  if (known.length !== shown.length) return Infinity;
  let [largest, expected] = [0, -frameSeconds];
  for (const [index, time] of shown.entries()) {
    const own = known[index] ?? Number.NaN;
    expected = Number.isNaN(own) ? expected + frameSeconds : own;
    largest = Math.max(largest, Math.abs(time - expected));
  }
  return largest;
}

/** The times of a source's packets, in seconds after the first, where its pictures are shown at them in turn. */
function storedTimes({ source, frameTimes }: RunCounts): number[] {
  const video = source && primaryVideo(source);
  const { packets, tickSeconds } = video ?? {};
  if (!source || !packets || !tickSeconds) return [];
  const isUntold = frameTimes?.some((time) => Number.isNaN(time)) ?? false;
  if (!isUntold || sourceContainer(source.formatName).clock !== 'late') return [];
  if (packets.times.length !== frameTimes?.length) return [];
  const times = packets.times.toSorted((a, b) => a - b);
  return times.map((time) => (time - (times[0] ?? 0)) * tickSeconds);
}

/**
 * Half a tick of the coarser clock. Where the source's clock can't express a constant rate and the proxy's can, each time of
 * the source is half a tick from its place, and the first one too, from which all are counted. A clock that ticks once or
 * twice a frame rounds nothing. Where pictures have places, each has the nearest.
 */
function toleranceOf(
  { video: { timing, clock } }: ProxyExpectation,
  { video, counts }: OutputFacts,
): number {
  const frameSeconds = 1 / rationalToNumber(timing.rate);
  const ticks = [video?.tickSeconds ?? 0, counts.frameTick].filter(
    (tick) => tick > 0 && rounds(frameSeconds / tick),
  );
  const share = timing.variable ? 0.5 : 1;
  const place = clock?.fillsEverySlot ? frameSeconds / 2 : 0;
  return (Math.max(place, ...ticks.map((tick) => tick * share)) + TOLERANCES.clockSeconds) * 1000;
}

function rounds(ticksPerFrame: number): boolean {
  const isWhole = Math.abs(ticksPerFrame - Math.round(ticksPerFrame)) < 0.01;
  return ticksPerFrame > 2.01 || (ticksPerFrame > 1 && !isWhole);
}
