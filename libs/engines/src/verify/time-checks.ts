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
 * Checks that every frame is shown when its source shows it. Where frames are repeated or dropped, to reach a rate or to fill a
 * gap, only their number is left to compare.
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
    // Where frames lost their places, dropped ones have no known position.
    actual: ({ counts }, plan) =>
      losesPlaces(plan, counts) ? null : firstGoingBack(counts.frameTimes ?? []),
  }),
];

const IN_ORDER = 'each after the one before it';

/** Advice for a constant-rate clip whose times can't be used. */
const ONE_AFTER_ANOTHER =
  'make a copy in which they follow each other, with its rate in the place of 25: “ffmpeg -i CLIP -map 0:v -map "0:a?" -vf "setpts=\'STARTPTS+N/(25)/TB\'" -r 25 -c:v prores_ks -c:a pcm_s24le NEW.mov”';

/** True if times go back unexpectedly, too often or too far. A container that only counts frames has no times of its own. */
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

/** Index of the first frame whose time isn't after that of the one before it; -1 for none. */
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

/** Largest difference of a frame's time in milliseconds; `null` if frame counts differ, or the proxy has no times. */
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

/** Largest distance in seconds of a frame from its time; a frame without a time is due one frame after the one before it. */
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

/**
 * Times of a source's packets in seconds after the first, for a container whose frames have no PTS of their own; otherwise empty.
 */
function storedTimes({ source, frameTimes }: RunCounts): number[] {
  const video = source && primaryVideo(source);
  const { packets, tickSeconds } = video ?? {};
  if (!source || !packets || !tickSeconds) return [];
  const isUntimed = frameTimes?.some((time) => Number.isNaN(time)) ?? false;
  if (!isUntimed || sourceContainer(source.formatName).clock !== 'late') return [];
  if (packets.times.length !== frameTimes?.length) return [];
  const times = packets.times.toSorted((a, b) => a - b);
  return times.map((time) => (time - (times[0] ?? 0)) * tickSeconds);
}

/**
 * Tolerance in milliseconds: half a tick of the coarser clock. At a constant rate it is a whole tick: if the source's clock can't
 * express the rate and the proxy's can, each time of the source may be half a tick off, and so may the first, from which all are
 * counted. A clock that ticks once or twice a frame rounds nothing. With frame slots, each frame takes the nearest slot.
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
 * Check for a clock that FFmpeg moved: where one time of a stream goes back by more than a tenth of a second, FFmpeg assumes
 * another recording and shows everything after it too late (`ts_discontinuity_detect` in its `ffmpeg_demux.c`). The packets show
 * that the clock goes on.
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

/**
 * Seconds by which frames are shown longer than the packets of their stream last; 0 if they agree, or if another recording does
 * begin.
 */
function movedSeconds({ video: { timing } }: ProxyExpectation, counts: RunCounts): number {
  const video = counts.source && primaryVideo(counts.source);
  const { packets, tickSeconds } = video ?? {};
  const promised = counts.source && sourceContainer(counts.source.formatName).guarantees.duration;
  if (counts.source === null || promised !== null || !packets || !tickSeconds) return 0;
  // If some packets have no times, the last one may be among them.
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
