import {
  rationalToNumber,
  lacksTimes,
  primaryVideo,
  sourceContainer,
  type MediaInfo,
  type VideoStream,
} from '../media/index.ts';
import { monotonicTimes, frameZero } from '../proxy/time/clock.ts';
import { type RunCounts, type ProxyExpectation, extent, type OutputFacts } from './check.ts';
import type { VerificationCheck } from '@app/jobspec';
import { TOLERANCES } from './tolerances.ts';

/** Largest distance in frames by which any codec reorders. */
const MOST_REORDERED = 16;

/** True if a constant-rate source changes its rate: lost frames leave a few gaps, and a slower rate many. */
export function changesPace(plan: ProxyExpectation, counts: RunCounts): boolean {
  if (plan.video.timing.variable) return false;
  const late = holes(plan, counts).filter((missing) => missing > 0).length;
  const { otherPaceFrames, otherPaceShare } = TOLERANCES;
  return late >= Math.max(otherPaceFrames, otherPaceShare * (counts.frameTimes?.length ?? 0));
}

/**
 * Frames missing among the last ones: a clip that was cut may lack frames that are shown before the last ones and stored after
 * them.
 */
export function missingAtEnd(plan: ProxyExpectation, counts: RunCounts): number {
  const last = holes(plan, counts).slice(-MOST_REORDERED);
  const missing = last.reduce((sum, one) => sum + Math.max(0, one), 0);
  return missing <= MOST_REORDERED ? missing : 0;
}

/** Seconds without a new frame that are worth a warning in a source of variable rate. */
const LONG = 0.5;

/** Warnings about a changing rate, missing frames, or a long time without a new frame. */
export function paceWarnings(plan: ProxyExpectation, counts: RunCounts): string[] {
  const isPaced = changesPace(plan, counts);
  if (!plan.video.timing.variable && !isPaced) return missingWarnings(plan, counts);
  const times = distinct(shownTimes(plan, counts));
  const late = holes(plan, counts).flatMap((missing, n) => (missing > 0 ? [n] : []));
  const stays = times.slice(1).map((time, n) => time - (times[n] ?? time));
  const longest = stays.reduce((most, one, n) => (one > (stays[most] ?? 0) ? n : most), 0);
  const seconds = stays[longest] ?? 0;
  const pace = `The source goes on at another pace: ${late.length} of its ${times.length} pictures stay longer than the rate says, from frame ${late[0]} on (counted from 0).`;
  const stay = `The source shows no new picture for ${seconds.toFixed(2)} s after frame ${longest} (counted from 0).`;
  return [...(isPaced ? [pace] : []), ...(seconds >= LONG ? [stay] : [])];
}

/** Warning about a few missing frames, empty slots among them. Gaps that were filled have a warning of their own. */
function missingWarnings(plan: ProxyExpectation, counts: RunCounts): string[] {
  if (plan.video.clock?.usesFrameSlots) return [];
  const among = holes(plan, counts);
  const places = among.flatMap((missing, n) => (missing > 0 ? [n] : []));
  if (places.length === 0) return [];
  const missing = places.reduce((sum, n) => sum + (among[n] ?? 0), 0);
  return [
    `The source has no picture where ${missing === 1 ? 'one is' : `${missing} are`} due, first after frame ${places[0]} (counted from 0): those that follow keep their times. If it was recorded whole, copy it again.`,
  ];
}

/** Warning about a source with more frames than its header promises. FFmpeg may write a frame that it counts as dropped. */
export function surplusWarnings({ declared }: ProxyExpectation, counts: RunCounts): string[] {
  const more = decodedFrames(counts) - (declared.frames ?? decodedFrames(counts));
  if (declared.guarantees.duration !== 'frames' || more <= Number(counts.droppedFrames > 0))
    return [];
  return [
    `The source stores ${more} ${more === 1 ? 'frame' : 'frames'} more than the length in its header (pre-roll or post-roll): the proxy has them too.`,
  ];
}

/**
 * Number of frames missing before each frame but the first; repeats of a frame count as one frame. Empty if the job changes the
 * rate.
 */
function holes(plan: ProxyExpectation, counts: RunCounts): number[] {
  if (plan.video.timing.mode === 'constant') return [];
  const rate = rationalToNumber(plan.video.timing.sourceRate);
  const times = distinct(shownTimes(plan, counts));
  return times.slice(1).map((time, n) => Math.round((time - (times[n] ?? time)) * rate) - 1);
}

/**
 * PTS at which each frame should be shown, in seconds and in decoder order; `null` if none were reported, or if the source only
 * counts its frames and FFmpeg guessed their times.
 */
export function shownTimes(
  { video: { clock } }: ProxyExpectation,
  { frameTimes, frameTick }: RunCounts,
): readonly number[] | null {
  if (frameTimes === null || clock?.constantRate != null) return null;
  return clock?.enforceMonotonicPts ? monotonicTimes(frameTimes, frameTick) : frameTimes;
}

function distinct(times: readonly number[] | null): number[] {
  return times?.filter((time, n) => time !== times[n - 1]) ?? [];
}

/** Warning about frames that are shown later than at their own times. */
export function orderWarnings(plan: ProxyExpectation, counts: RunCounts): string[] {
  const { clock, timing } = plan.video;
  if (timing.mode === 'constant' || clock?.usesFrameSlots) return [];
  const shown = shownTimes(plan, counts);
  const isLate = counts.frameTimes?.some((time, n) => time < (shown?.[n] ?? time)) === true;
  if (!isLate) return [];
  return [
    'Times of the source go back: such a frame is shown 1 ms after the one before it. Check the proxy.',
  ];
}

/** True if frames lost their places because their times go back and a container or a timecode needs a constant rate. */
export function losesPlaces({ video }: ProxyExpectation, counts: RunCounts): boolean {
  const { goesBack, droppedFrames } = counts;
  return goesBack === true && droppedFrames > 0 && video.timing.mode === 'passthrough';
}

/**
 * Result of {@link lostPackets} if none are lost: packets at the start, seconds from the first of them to the first frame shown,
 * and packets at the end.
 */
export const NONE_LOST = { before: 0, secondsBefore: 0, after: 0 };

/** Frames after the PTS of the last one within which a packet may still be its second field. */
const SECOND_FIELD = 0.75;

/**
 * Packets at the ends of a source that can't be decoded: those that refer to frames that were cut away, and those after the last
 * decodable frame. A keyframe that can't be decoded is damage, not a cut. `null` if packets or frames lack the times to match
 * them.
 */
export function lostPackets(
  plan: ProxyExpectation,
  { counts }: OutputFacts,
): typeof NONE_LOST | null {
  const clocks = onOneClock(counts);
  if (clocks === null) return null;
  const { video, packets, times, first, last, isCut } = clocks;
  const tick = (video.tickSeconds ?? 0) + counts.frameTick;
  const shown = times.findIndex((time) => Math.abs(time - first) <= tick);
  if (shown < 0) return null;
  const early = times.slice(0, shown + MOST_REORDERED + 1).filter((time) => time < first - tick);
  // When FFmpeg copies a reordered stream, packets from before the copy's zero get the time of its first one.
  const moved = times.filter((time) => Math.abs(time - first) <= tick).length - 1;
  const lost = early.length + (video.reorderedFrames ? moved : 0);
  const end = last + SECOND_FIELD / rationalToNumber(plan.video.timing.sourceRate);
  // A job's own rate may drop the last frame.
  const isKnown = isCut && plan.video.timing.mode === 'passthrough';
  const after = isKnown ? times.filter((time) => time > end) : [];
  // With so many, the clock jumps ahead, and FFmpeg took that for another recording.
  if (after.length > MOST_REORDERED) return null;
  const isDamaged = (times[packets.firstKey ?? shown] ?? first) < first - tick;
  const missing = packets.shown - decodedFrames(counts) * (video.head?.packetsAreFields ? 2 : 1);
  const before = isDamaged ? 0 : Math.max(0, Math.min(lost, missing));
  const secondsBefore = before === 0 ? 0 : Math.max(0, first - extent(early)[0]);
  return { before, secondsBefore, after: after.length };
}

/** Packets with their times, and the first and last frame shown, in seconds after the proxy's zero. */
function onOneClock({ source, frameTimes }: RunCounts) {
  const video = source && primaryVideo(source);
  const { packets, tickSeconds } = video ?? {};
  const shown = (frameTimes ?? []).filter((time) => !Number.isNaN(time));
  if (!source || !video || !packets || !tickSeconds || shown.length === 0) return null;
  const { clock, guarantees } = sourceContainer(source.formatName);
  const isTimed = clock === 'stored' && !lacksTimes(video.head);
  if (!isTimed || packets.times.length < packets.shown) return null;
  const zero = frameZero(source, video);
  const times = packets.times.map((time) => time * tickSeconds - zero);
  const [first, last] = extent(shown);
  // Only streams can end in the middle of a packet.
  return { video, packets, times, first, last, isCut: guarantees.duration === null };
}

function decodedFrames(counts: RunCounts): number {
  const { frameTimes, duplicatedFrames, droppedFrames } = counts;
  return (frameTimes?.length ?? 0) - duplicatedFrames + droppedFrames;
}

/** Warnings about undecodable frames at the ends of a source. */
export function lostWarnings(checks: readonly VerificationCheck[]): string[] {
  const lost = (name: string) => Number(checks.find(({ check }) => check === name)?.actual ?? 0);
  const [atStart, atEnd] = [lost('undecodable_start'), lost('undecodable_end')];
  return [
    ...(atStart > 0
      ? [
          `The source begins between two key pictures: ${atStart === 1 ? 'its first picture' : `its first ${atStart} pictures`} can’t be decoded, and the proxy begins with the next one.`,
        ]
      : []),
    ...(atEnd > 0 ? ['The last picture of the source is cut off and can’t be decoded.'] : []),
  ];
}

/** Video stream that continues the first one. */
export interface LaterPicture {
  /** Index of that stream. */
  stream: number;
  /** Seconds from the first frame of the proxy to its last one. */
  seconds: number;
}

/**
 * Further video stream that begins where the first one ends, as in a transport stream that changes the PID of its video; `null`
 * for none. A stream that is shown beside the first one begins with it.
 *
 * @param frameTimes PTS of a proxy's frames in seconds; `NaN` for a frame without one.
 */
export function laterPicture(
  source: MediaInfo,
  frameTimes: readonly number[] | null,
): LaterPicture | null {
  const video = primaryVideo(source);
  const times = (frameTimes ?? []).filter((time) => !Number.isNaN(time));
  if (video === null || times.length === 0) return null;
  const [first, last] = extent(times);
  const least = Math.max((last - first) / 2, last - first - TOLERANCES.overlapSeconds);
  const later = source.streams
    .filter((stream): stream is VideoStream => stream.kind === 'video')
    .filter((stream) => stream !== video && !stream.isAttachedPicture)
    .find(({ startSeconds }) => {
      const begins = (startSeconds ?? 0) - frameZero(source, video) - first;
      return begins > 0 && begins >= least;
    });
  return later ? { stream: later.index, seconds: last - first } : null;
}
