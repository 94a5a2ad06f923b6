import { primaryVideo, rationalToNumber, sourceContainer } from '../media/index.ts';
import { monotonicTimes } from '../proxy/time/clock.ts';
import {
  check,
  type Check,
  type OutputFacts,
  type RunCounts,
  type ProxyExpectation,
  shown,
  span,
} from './check.ts';
import { losesPlaces, shownTimes } from './holes.ts';
import { AT_ONE_RATE } from './length-checks.ts';
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
    remedy: () => `If its frames follow at no one rate, ${AT_ONE_RATE}.`,
    expected: (plan, { counts }) => (areCompared(plan, counts) ? 0 : undefined),
    actual: largestDifference,
    tolerance: toleranceOf,
  }),
  check<unknown, number>({
    name: 'frames_in_order',
    says: (_, actual) =>
      `frames of the source have times out of order${actual === null ? '' : `, the first is frame ${actual}`}`,
    blames: () => 'source_times',
    remedy: () =>
      `As its times are wrong, ${ONE_AFTER_ANOTHER}, and hear whether its sound is in step.`,
    expected: (plan, { counts }) =>
      (areCompared(plan, counts) && isDisorder(plan, counts)) || losesPlaces(plan, counts)
        ? IN_ORDER
        : undefined,
    // Of frames at a constant rate, some are repeated, and those that were dropped tell no number.
    actual: ({ counts }, plan) =>
      losesPlaces(plan, counts) ? null : firstGoingBack(counts.frameTimes ?? []),
  }),
];

const IN_ORDER = 'each after the one before it';

/** A copy of a clip at a constant rate whose times can't be used. */
const ONE_AFTER_ANOTHER =
  'make a copy in which they follow each other, with its rate in the place of 25: “ffmpeg -i CLIP -map 0:v -map "0:a?" -vf "setpts=\'STARTPTS+N/(25)/TB\'" -r 25 -c:v prores_ks -c:a pcm_s24le NEW.mov”';

/** Whether times go back that none knew of, or too often, or too far. What a container only counts has no times of its own. */
function isDisorder(plan: ProxyExpectation, counts: RunCounts): boolean {
  const own = counts.frameTimes ?? [];
  const first = firstGoingBack(own);
  if (hasCountedTimes(plan) || first < 0) return false;
  if (!plan.video.clock?.enforceMonotonicPts) return true;
  const shown = monotonicTimes(own, counts.frameTick);
  const late = own.flatMap((time, n) =>
    time < (shown[n] ?? time) ? (shown[n] ?? time) - time : [],
  );
  const { lateShare, lateSeconds } = TOLERANCES;
  const isOften = late.length > Math.max(1, lateShare * own.length);
  return isOften || late.some((seconds) => seconds > lateSeconds);
}

/** The first frame, from 0, whose time isn't after that of the one before it; -1 for none. */
function firstGoingBack(times: readonly number[]): number {
  return times.findIndex((time, n) => time <= (times[n - 1] ?? -Infinity));
}

function hasCountedTimes({ video: { clock } }: ProxyExpectation): boolean {
  return clock?.constantRate != null;
}

function areCompared(plan: ProxyExpectation, counts: RunCounts): boolean {
  return counts.frameTimes !== null && !isResampled(plan, counts);
}

function isResampled(
  { video: { timing, clock } }: ProxyExpectation,
  { duplicatedFrames, droppedFrames }: RunCounts,
): boolean {
  if (timing.mode === 'constant') return true;
  return clock?.usesFrameSlots === true && duplicatedFrames + droppedFrames > 0;
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
  const place = clock?.usesFrameSlots ? frameSeconds / 2 : 0;
  return (Math.max(place, ...ticks.map((tick) => tick * share)) + TOLERANCES.clockSeconds) * 1000;
}

function rounds(ticksPerFrame: number): boolean {
  const isWhole = Math.abs(ticksPerFrame - Math.round(ticksPerFrame)) < 0.01;
  return ticksPerFrame > 2.01 || (ticksPerFrame > 1 && !isWhole);
}

/**
 * Where one time of a stream goes back by more than a tenth of a second, FFmpeg takes it for another recording and puts all that
 * follows later (`ts_discontinuity_detect` in its `ffmpeg_demux.c`). The packets themselves tell that the clock goes on.
 */
export const MOVED_CLOCK: Check = check<number>({
  name: 'clock_moved_seconds',
  says: (_, actual) =>
    `one time of the source goes back, and FFmpeg shows what follows ${shown(actual)} s late`,
  blames: () => 'source_times',
  remedy: () =>
    'Make a copy at one rate that keeps all others, with its own in the place of 25: “ffmpeg -copyts -start_at_zero -i CLIP -map 0:v -map "0:a?" -r 25 -c:v prores_ks -c:a pcm_s24le NEW.mov”.',
  expected: (plan, { counts }) => (movedSeconds(plan, counts) > 0 ? 0 : undefined),
  actual: ({ counts }, plan) => movedSeconds(plan, counts),
});

/** Seconds by which pictures are shown longer than the packets of their stream say; 0 where they agree, or a recording begins again. */
function movedSeconds({ video: { timing } }: ProxyExpectation, counts: RunCounts): number {
  const video = counts.source && primaryVideo(counts.source);
  const { packets, tickSeconds } = video ?? {};
  const promised = counts.source && sourceContainer(counts.source.formatName).guarantees.duration;
  if (counts.source === null || promised !== null || !packets || !tickSeconds) return 0;
  // Where some packets have no times, the last of them may be one.
  if (packets.times.length < packets.count) return 0;
  const decoded = (counts.frameTimes ?? []).filter(Number.isFinite);
  const frameSeconds = 1 / rationalToNumber(timing.sourceRate);
  const [stored, seen] = [span(packets.times) * tickSeconds, span(decoded)];
  const frames = decoded.length - counts.duplicatedFrames;
  const { movedClockFrames } = TOLERANCES;
  const isWhole = stored > (frames - 1 - movedClockFrames) * frameSeconds;
  const moved = seen - stored;
  return isWhole && moved > movedClockFrames * frameSeconds ? Math.round(moved * 1000) / 1000 : 0;
}
