import {
  declaredFrames,
  firstFrame,
  isRegular,
  lacksTimes,
  type MediaInfo,
  zeroIsOfUsedStreams,
  mediaStart,
  positiveRational,
  primaryVideo,
  rationalToNumber,
  sameRational,
  sourceContainer,
  sourceRate,
  startTimecodes,
  streamDuration,
  type VideoStream,
  withHead,
} from '../../media/index.ts';
import type { Container } from '@app/jobspec';
import { CONTAINER_RULES } from '../containers/container-rules.ts';
import type {
  ClockPlan,
  TimingPlan,
  ProxyRequest,
  AudioPlan,
  DeclaredLength,
} from '../plan/proxy-plan.ts';

/**
 * Plans the clock of the frames. They are counted if the source's container only counts them, or if the proxy's does and the
 * source's rate is merely close to a standard one; otherwise each keeps its PTS, or its slot in a proxy that counts.
 */
export function planClock(
  request: ProxyRequest,
  media: MediaInfo,
  video: VideoStream,
  timing: TimingPlan,
): ClockPlan {
  const { clock, guarantees } = sourceContainer(media.formatName);
  const { usesFrameSlots, isCounted, keepsTimes } = planSlots(request, media, video, timing);
  const zero = frameZero(media, video);
  // If there are more slots than frames, the duration of a slot isn't that of a frame.
  const isAmongSlots = clock === 'late' && !isCounted && !isNamed(video.averageFrameRate, timing);
  const takesSlots = timing.mode === 'constant' || usesFrameSlots;
  return {
    // A container that only counts frames guesses the first PTS.
    startOffset: clock === 'counted' ? 0 : zero - mediaStart(media),
    startOffsetAlone: zeroIsOfUsedStreams(media) ? zero - (video.startSeconds ?? zero) : null,
    reorderDelay: clock === 'late' && !isCounted ? firstFrame(video) - zero : 0,
    constantRate: isCounted ? timing.sourceRate : null,
    usesFrameSlots,
    enforceMonotonicPts: goesBack(video),
    sourceTicks: keepsTimes,
    ignoresDurations: isAmongSlots || (takesSlots && misstatesDurations(media, video, timing)),
    fillsLastSlot: takesSlots && guarantees.count === 'frames',
  };
}

/**
 * True if durations of frames are wrong. One in an index is the time to the next stored frame, which may be shown elsewhere; in
 * other containers it follows from the header's rate.
 */
function misstatesDurations(media: MediaInfo, video: VideoStream, timing: TimingPlan): boolean {
  const { clock, guarantees } = sourceContainer(media.formatName);
  if (guarantees.count === 'frames') return (video.reorderedFrames ?? 0) > 0;
  return clock === 'stored' && isOverruled(video, timing);
}

/** Decides if frames take slots at the rate, are counted, or keep PTS that are no multiples of it. */
function planSlots(
  { container }: ProxyRequest,
  media: MediaInfo,
  video: VideoStream,
  timing: TimingPlan,
) {
  const { guarantees } = sourceContainer(media.formatName);
  const isExact = followsRate(video, timing, guarantees.index);
  const proxyCounts = CONTAINER_RULES[container].rates !== null;
  const isMisnamed = isOverruled(video, timing) && video.averageFrameRate === null;
  const isWithoutPlaces = proxyCounts ? !isFull(media, video, timing) : isMisnamed;
  const needsPlaces = isWithoutPlaces || losesRate(container, media, video);
  const usesFrameSlots = timing.mode === 'passthrough' && !timing.variable && needsPlaces;
  const isNearby = proxyCounts && !isExact && !usesFrameSlots;
  const isCounted = !timing.variable && (isNearby || onlyCounts(media, video));
  const isTimed = !isCounted && !proxyCounts && !usesFrameSlots && !isExact;
  return { usesFrameSlots, isCounted, keepsTimes: timing.mode === 'passthrough' && isTimed };
}

/** True if the frame rate would be lost: FFmpeg 7 forgets it once PTS are changed, and MXF and timecode need it. */
function losesRate(container: Container, media: MediaInfo, video: VideoStream): boolean {
  const counts = CONTAINER_RULES[container].rates !== null;
  const needsRate = counts || startTimecodes(media, video).length > 0;
  return goesBack(video) && needsRate;
}

function goesBack({ head }: VideoStream): boolean {
  return head?.goesBack === true;
}

/** True if frames simply follow each other, because the container only counts them or many have no PTS. */
function onlyCounts({ formatName }: MediaInfo, { head }: VideoStream): boolean {
  return sourceContainer(formatName).clock === 'counted' || lacksTimes(head);
}

/** True if the header names another rate. */
function isOverruled({ frameRate }: VideoStream, timing: TimingPlan): boolean {
  return positiveRational(frameRate) !== null && !isNamed(frameRate, timing);
}

function isNamed(rate: string | null, { sourceRate }: TimingPlan): boolean {
  const named = positiveRational(rate);
  return named !== null && sameRational(named, sourceRate);
}

/** True if the declared frame count fills the declared duration. */
function isFull(media: MediaInfo, video: VideoStream, { sourceRate }: TimingPlan): boolean {
  const { clock } = sourceContainer(media.formatName);
  if (clock !== 'stored') return clock === 'counted';
  const [frames, seconds] = [declaredFrames(video), streamDuration(video)];
  if (frames === null || seconds === null) return false;
  return frames === Math.round(seconds * rationalToNumber(sourceRate));
}

/**
 * PTS of the earliest frame in seconds of the file's clock, the proxy's zero. Where frames are counted, untimed ones before the
 * first PTS are counted too.
 */
export function frameZero(media: MediaInfo, video: VideoStream): number {
  const { clock } = sourceContainer(media.formatName);
  if (clock === 'stored') return firstFrame(video) - secondsBeforeTimes(video);
  return video.head?.firstStored ?? video.startSeconds ?? 0;
}

function secondsBeforeTimes(video: VideoStream): number {
  const frames = lacksTimes(video.head) ? (video.head?.untimedFirst ?? 0) : 0;
  const rate = frames > 0 ? sourceRate(video)?.rate : null;
  return rate ? frames / rationalToNumber(rate) : 0;
}

/**
 * True if every frame fits the very rate that the proxy declares.
 *
 * @param isFine true if an index times each frame, by a fine clock or by ticks of one frame. An average that is only close to the
 * rate is then due to irregular frames; without an index, to rounding.
 */
function followsRate(video: VideoStream, timing: TimingPlan, isFine: boolean): boolean {
  const { sourceRate, variable } = timing;
  const names = [video.frameRate, video.averageFrameRate].map((rate) => isNamed(rate, timing));
  if (variable || !(isFine ? names.every(Boolean) : names.some(Boolean))) return false;
  const { head, tickSeconds } = video;
  return !head || !tickSeconds || isRegular(head, rationalToNumber(sourceRate), tickSeconds);
}

/**
 * Length that the source's header declares. If the frame count exceeds the declared duration, an edit list cuts it, and the
 * duration counts.
 */
export function declaredLength(
  request: ProxyRequest,
  media: MediaInfo,
  video: VideoStream,
  timing: TimingPlan,
  audio: readonly AudioPlan[],
): DeclaredLength {
  const seconds = fromFirstFrame(media, video);
  const { guarantees } = sourceContainer(media.formatName);
  if (guarantees.duration === null) {
    return { ...NOTHING, guarantees, measuredSeconds: lacksTimes(video.head) ? null : seconds };
  }
  const frames = presentedFrames(media, video, seconds, timing);
  return {
    ...NOTHING,
    guarantees,
    ...frames,
    seconds,
    containerSeconds: comparableLength(request, media, video, audio),
  };
}

const NOTHING: Omit<DeclaredLength, 'guarantees'> = {
  frames: null,
  framesAreCounted: false,
  seconds: null,
  containerSeconds: null,
  measuredSeconds: null,
};

/** Declared duration in seconds, without the empty slots at the start of an AVI. */
function fromFirstFrame(media: MediaInfo, video: VideoStream): number | null {
  const seconds = streamDuration(video);
  if (seconds === null || sourceContainer(media.formatName).clock !== 'late') return seconds;
  const lead = frameZero(media, video) - (video.startSeconds ?? 0);
  return seconds - lead;
}

function presentedFrames(
  media: MediaInfo,
  video: VideoStream,
  seconds: number | null,
  timing: TimingPlan,
): Pick<DeclaredLength, 'frames' | 'framesAreCounted'> {
  const declared = declaredFrames(video);
  const average = positiveRational(video.averageFrameRate);
  const rate = timing.variable && average ? average : timing.sourceRate;
  const exact = seconds === null ? null : seconds * rationalToNumber(rate);
  // An edit shows a frame that it ends in. Less than half a frame, as in a DV file that is cut in its first, declares none.
  const whole = video.endsEarly ? (count: number) => Math.ceil(count - ROUNDING) : Math.round;
  const byDuration = exact === null ? null : whole(exact) || null;
  const { guarantees } = sourceContainer(media.formatName);
  const framesAreCounted = guarantees.duration === 'frames';
  if (declared === null) return { frames: timing.variable ? null : byDuration, framesAreCounted };
  const isCutShort = isCut(declared, byDuration) || (video.endsEarly && !timing.variable);
  // Without an index, the average of a variable rate is the header's guess, and a count is better.
  return isCutShort && (!timing.variable || guarantees.index)
    ? { frames: byDuration, framesAreCounted }
    : { frames: declared, framesAreCounted: video.endsEarly !== true };
}

/** Part of a frame by which the end of an edit may be rounded: edits may count in milliseconds. */
const ROUNDING = 0.1;

function isCut(declared: number, byDuration: number | null): boolean {
  // Rounding of the duration may account for one frame.
  return byDuration !== null && byDuration < declared - 1;
}

/** Length of the container, if everything that it covers reaches the proxy. */
function comparableLength(
  { container }: ProxyRequest,
  media: MediaInfo,
  video: VideoStream,
  audio: readonly AudioPlan[],
): number | null {
  const carriesAll = media.streams.length === audio.length + 1;
  if (media.durationSeconds === null || !carriesAll || CONTAINER_RULES[container].endsTogether)
    return null;
  // Matroska's duration is the end on the file's clock, even if streams start before zero.
  if (media.formatName.startsWith('matroska'))
    return media.durationSeconds - Math.max(firstFrame(video), 0);
  return media.durationSeconds + Math.min(mediaStart(media), 0);
}

/**
 * The source with the PTS that a run has reported: these are marked as going back, or else replace those of the first frames. A
 * source may leave its rate later, or begin with more undecodable frames than were examined. `null` if no PTS were reported, or
 * the container only counts frames.
 *
 * @param times seconds after the proxy's zero, in decoding order, up to where the run ended; `NaN` for a frame without one.
 * @param goesBack true if the PTS of a decoded frame isn't later than that of the frame before.
 */
export function reportedTimes(
  source: MediaInfo,
  times: readonly number[] | null,
  goesBack: boolean,
): MediaInfo | null {
  const video = primaryVideo(source);
  if (!video || times === null || sourceContainer(source.formatName).clock === 'counted')
    return null;
  const known = { seconds: [], firstStored: null, topFieldFirst: null, ...video.head };
  const zero = frameZero(source, video);
  const isBack = goesBack || times.some((time, n) => time <= (times[n - 1] ?? -Infinity));
  const seconds = times.every((time) => !Number.isNaN(time)) && times.map((time) => zero + time);
  const head = isBack ? { ...known, goesBack: true } : { ...known, ...(seconds && { seconds }) };
  const streams = source.streams.map((one) => (one === video ? withHead(video, head) : one));
  return { ...source, streams };
}

/**
 * Smallest distance in seconds between frames whose PTS go back: Matroska's clock is no finer, and two frames can't share a PTS.
 */
export const LEAST_STEP = 0.001;

/**
 * Monotonic PTS of frames whose own go back, in seconds: each frame gets its own PTS, or one {@link LEAST_STEP} after the frame
 * before it (a tick, if that is longer), as by the filter `setpts`.
 *
 * @param times seconds, in decoding order; `NaN` for a frame without one.
 * @param tickSeconds of the clock of these times.
 */
export function monotonicTimes(times: readonly number[], tickSeconds: number): number[] {
  const step = Math.ceil(LEAST_STEP / tickSeconds - 1e-6) * tickSeconds;
  let before = Number.NaN;
  return times.map((time) => {
    const least = before + step;
    before = time > least || Number.isNaN(least) ? time : least;
    return before;
  });
}
