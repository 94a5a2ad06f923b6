import {
  declaredFrames,
  firstFrame,
  isRegular,
  lacksTimes,
  type MediaInfo,
  countsFromUsed,
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
 * Whose clock the pictures follow. Where a container only counts them, and where the proxy's does and the source's rate is
 * next to a standard one, they are counted; elsewhere each keeps its time, or its place in a proxy that counts.
 */
export function planClock(
  request: ProxyRequest,
  media: MediaInfo,
  video: VideoStream,
  timing: TimingPlan,
): ClockPlan {
  const { clock, promises } = sourceContainer(media.formatName);
  const { fillsEverySlot, isCounted, keepsTimes } = planPace(request, media, video, timing);
  const zero = frameZero(media, video);
  // An index has the time to the next one that is stored, which may be shown elsewhere; other containers have the header's rate.
  const isReordered = (video.reorderedFrames ?? 0) > 0;
  const isMislaid =
    promises.count === 'pictures' ? isReordered : clock === 'stored' && isOverruled(video, timing);
  // A slot's length says nothing of a picture's where there are more slots than pictures.
  const isAmongSlots = clock === 'late' && !isCounted && !isNamed(video.averageFrameRate, timing);
  return {
    // What only counts its pictures guesses when the first is shown.
    startOffset: clock === 'counted' ? 0 : zero - mediaStart(media),
    startOffsetAlone: countsFromUsed(media) ? zero - (video.startSeconds ?? zero) : null,
    reorderDelay: clock === 'late' && !isCounted ? firstFrame(video) - zero : 0,
    constantRate: isCounted ? timing.sourceRate : null,
    fillsEverySlot,
    enforceMonotonicPts: goesBack(video),
    sourceTicks: keepsTimes,
    lengthsAreWrong: isAmongSlots || ((timing.mode === 'constant' || fillsEverySlot) && isMislaid),
  };
}

/** Whether pictures take places at the rate, are counted, or keep times that are no multiples of it. */
function planPace(
  { container }: ProxyRequest,
  media: MediaInfo,
  video: VideoStream,
  timing: TimingPlan,
) {
  const { promises } = sourceContainer(media.formatName);
  const isExact = followsRate(video, timing, promises.index);
  const proxyCounts = CONTAINER_RULES[container].rates !== null;
  const isMisnamed = isOverruled(video, timing) && video.averageFrameRate === null;
  const isWithoutPlaces = proxyCounts ? !isFull(media, video, timing) : isMisnamed;
  const needsPlaces = isWithoutPlaces || losesRate(container, media, video);
  const fillsEverySlot = timing.mode === 'passthrough' && !timing.variable && needsPlaces;
  const isNearby = proxyCounts && !isExact && !fillsEverySlot;
  const isCounted = !timing.variable && (isNearby || onlyCounts(media, video));
  const isTimed = !isCounted && !proxyCounts && !fillsEverySlot && !isExact;
  return { fillsEverySlot, isCounted, keepsTimes: timing.mode === 'passthrough' && isTimed };
}

/** FFmpeg 7 forgets the rate where times are changed, and MXF and a timecode need it. */
function losesRate(container: Container, media: MediaInfo, video: VideoStream): boolean {
  const counts = CONTAINER_RULES[container].rates !== null;
  const needsRate = counts || startTimecodes(media, video).length > 0;
  return goesBack(video) && needsRate;
}

function goesBack({ head }: VideoStream): boolean {
  return head?.goesBack === true;
}

/** Whether most pictures have no times, and follow each other. */
function onlyCounts({ formatName }: MediaInfo, { head }: VideoStream): boolean {
  return sourceContainer(formatName).clock === 'counted' || lacksTimes(head);
}

/** Whether the header names another rate. */
function isOverruled({ frameRate }: VideoStream, timing: TimingPlan): boolean {
  return positiveRational(frameRate) !== null && !isNamed(frameRate, timing);
}

function isNamed(rate: string | null, { sourceRate }: TimingPlan): boolean {
  const named = positiveRational(rate);
  return named !== null && sameRational(named, sourceRate);
}

/** Whether the source says how many pictures it has, and they leave no time without one. */
function isFull(media: MediaInfo, video: VideoStream, { sourceRate }: TimingPlan): boolean {
  const { clock } = sourceContainer(media.formatName);
  if (clock !== 'stored') return clock === 'counted';
  const [frames, seconds] = [declaredFrames(video), streamDuration(video)];
  if (frames === null || seconds === null) return false;
  return frames === Math.round(seconds * rationalToNumber(sourceRate));
}

/**
 * Seconds on the file's clock at which the earliest picture is shown, which is the proxy's zero. Where pictures are counted, those
 * before the first time are, too.
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
 * Whether every picture has its place at the very rate that the proxy declares.
 *
 * @param isFine whether an index times each picture by a fine clock, or a tick of the file is a picture: then an average next
 * to the rate tells of pictures beside it, and elsewhere of rounding.
 */
function followsRate(video: VideoStream, timing: TimingPlan, isFine: boolean): boolean {
  const { sourceRate, variable } = timing;
  const names = [video.frameRate, video.averageFrameRate].map((rate) => isNamed(rate, timing));
  if (variable || !(isFine ? names.every(Boolean) : names.some(Boolean))) return false;
  const { head, tickSeconds } = video;
  return !head || !tickSeconds || isRegular(head, rationalToNumber(sourceRate), tickSeconds);
}

/**
 * What the source's header promises. A count of frames that is longer than the declared duration is cut by an edit
 * list: then the duration tells what is presented.
 */
export function declaredLength(
  request: ProxyRequest,
  media: MediaInfo,
  video: VideoStream,
  timing: TimingPlan,
  audio: readonly AudioPlan[],
): DeclaredLength {
  const seconds = fromFirstFrame(media, video);
  const { promises } = sourceContainer(media.formatName);
  if (promises.duration === null) {
    return { ...NOTHING, promises, measuredSeconds: lacksTimes(video.head) ? null : seconds };
  }
  const frames = presentedFrames(media, video, seconds, timing);
  return {
    ...NOTHING,
    promises,
    ...frames,
    seconds,
    containerSeconds: comparableLength(request, media, video, audio),
  };
}

const NOTHING: Omit<DeclaredLength, 'promises'> = {
  frames: null,
  framesAreCounted: false,
  seconds: null,
  containerSeconds: null,
  measuredSeconds: null,
};

/** Seconds that are declared, less the empty slots that an AVI begins with. */
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
  // A length of less than half a picture, as of a DV file that is cut in its first, promises none.
  const byDuration = seconds === null ? null : Math.round(seconds * rationalToNumber(rate)) || null;
  const { promises } = sourceContainer(media.formatName);
  const framesAreCounted = promises.duration === 'frames';
  if (declared === null) return { frames: timing.variable ? null : byDuration, framesAreCounted };
  // Without an index, the average of a variable rate is the header's guess, and a count knows more.
  return isCut(declared, byDuration) && (!timing.variable || promises.index)
    ? { frames: byDuration, framesAreCounted }
    : { frames: declared, framesAreCounted: true };
}

function isCut(declared: number, byDuration: number | null): boolean {
  // One frame is within what rounding of the duration explains.
  return byDuration !== null && byDuration < declared - 1;
}

/** The container's own length, where everything that it covers reaches the proxy. */
function comparableLength(
  { container }: ProxyRequest,
  media: MediaInfo,
  video: VideoStream,
  audio: readonly AudioPlan[],
): number | null {
  const carriesAll = media.streams.length === audio.length + 1;
  if (media.durationSeconds === null || !carriesAll || CONTAINER_RULES[container].endsTogether)
    return null;
  // Matroska's duration is the end on the file's clock, whatever begins before its zero.
  if (media.formatName.startsWith('matroska'))
    return media.durationSeconds - Math.max(firstFrame(video), 0);
  return media.durationSeconds + Math.min(mediaStart(media), 0);
}

/**
 * The same source, by the times that a run has told: they go back, or they are taken in the place of those of its first frames. For what
 * begins at a rate may go on beside it, and more frames than are looked at may be undecodable. `null` where nothing was told.
 *
 * @param times seconds after the proxy's zero, in the order of the decoder, up to where the run ended; `NaN` for a frame without one.
 * @param goesBack whether one that was decoded isn't after that of the frame before.
 */
export function toldTimes(
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

/** Seconds between two pictures at least, where times go back: Matroska counts no finer, and gives none two one time. */
export const LEAST_STEP = 0.001;

/**
 * When pictures are shown whose times go back, in seconds: each at its own time, or {@link LEAST_STEP} after the one before it (a tick,
 * where that is longer), as `setpts` does it.
 *
 * @param times seconds, in the order of the decoder; `NaN` for a picture without one.
 * @param tickSeconds of the clock of these times.
 */
export function orderedTimes(times: readonly number[], tickSeconds: number): number[] {
  const step = Math.ceil(LEAST_STEP / tickSeconds - 1e-6) * tickSeconds;
  let before = Number.NaN;
  return times.map((time) => {
    const least = before + step;
    before = time > least || Number.isNaN(least) ? time : least;
    return before;
  });
}
