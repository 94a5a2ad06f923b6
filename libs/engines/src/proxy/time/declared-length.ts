import {
  declaredFrames,
  firstFrame,
  lacksTimes,
  type MediaInfo,
  mediaStart,
  positiveRational,
  rationalToNumber,
  sourceContainer,
  streamDuration,
  type VideoStream,
} from '../../media/index.ts';
import { CONTAINER_RULES } from '../containers/container-rules.ts';
import type { AudioPlan, DeclaredLength, TimingPlan } from '../plan/proxy-plan.ts';
import type { ProxyRequest } from '../plan/proxy-request.ts';
import { frameZero, slotsOfLast } from './clock.ts';

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
  const emptySeconds = (video.head?.emptyAtEnd ?? 0) * (video.tickSeconds ?? 0);
  return {
    ...NOTHING,
    promises,
    ...frames,
    emptySeconds,
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
  emptySeconds: 0,
};

/** Seconds that are declared, less the empty slots that an AVI begins with, and those at its end for which no picture stays. */
function fromFirstFrame(media: MediaInfo, video: VideoStream): number | null {
  const seconds = streamDuration(video);
  if (seconds === null || sourceContainer(media.formatName).clock !== 'late') return seconds;
  const empty = slotsOfLast(video) === null ? (video.head?.emptyAtEnd ?? 0) : 0;
  const lead = frameZero(media, video) - (video.startSeconds ?? 0);
  return seconds - lead - empty * (video.tickSeconds ?? 0);
}

function presentedFrames(
  media: MediaInfo,
  video: VideoStream,
  seconds: number | null,
  timing: TimingPlan,
): Pick<DeclaredLength, 'frames' | 'framesAreCounted'> {
  const declared = filledCount(video);
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

/** The header's count, less what is empty. */
function filledCount(video: VideoStream): number | null {
  const count = declaredFrames(video);
  return count === null ? null : count - (video.head?.emptyAtEnd ?? 0);
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
