import type { MediaInfo, VideoStream } from '../media/media-info.ts';
import { rationalToNumber } from '../media/rational.ts';
import { declaredFrames, mediaStart, streamDuration } from '../media/stream-time.ts';
import { positiveRational } from '../media/rational.ts';
import type { DeclaredLength, TimingPlan } from './proxy-plan.ts';

/** Formats whose duration is measured by reading the file and promises nothing of it. */
const DECLARES_NOTHING = new Set(['mpegts', 'mpeg', 'mpegvideo', 'h264', 'hevc']);

/**
 * What the source's header promises. A count of frames that is longer than the declared duration is cut by an edit
 * list: then the duration tells what is presented.
 */
export function declaredLength(
  media: MediaInfo,
  video: VideoStream,
  timing: TimingPlan,
): DeclaredLength {
  if (DECLARES_NOTHING.has(media.formatName)) {
    return { frames: null, seconds: null, containerSeconds: null };
  }
  const seconds = streamDuration(video);
  const containerSeconds =
    media.durationSeconds === null ? null : media.durationSeconds + Math.min(mediaStart(media), 0);
  return { frames: presentedFrames(video, seconds, timing), seconds, containerSeconds };
}

function presentedFrames(
  video: VideoStream,
  seconds: number | null,
  timing: TimingPlan,
): number | null {
  const declared = declaredFrames(video);
  const average = positiveRational(video.averageFrameRate);
  const rate = timing.variable && average ? average : timing.sourceRate;
  const byDuration = seconds === null ? null : Math.round(seconds * rationalToNumber(rate));
  if (declared === null) return timing.variable ? null : byDuration;
  // One frame is within what rounding of the duration explains.
  return byDuration !== null && byDuration < declared - 1 ? byDuration : declared;
}
