import {
  firstPicture,
  isRegular,
  type MediaInfo,
  mediaStart,
  positiveRational,
  rationalToNumber,
  sameRational,
  sourceContainer,
  type VideoStream,
} from '../../media/index.ts';
import { CONTAINER_RULES } from '../containers/container-rules.ts';
import type { ClockPlan, TimingPlan } from '../plan/proxy-plan.ts';
import type { ProxyRequest } from '../plan/proxy-request.ts';

/**
 * Whose clock the pictures follow. Where a container only counts them, and where the proxy's does and the source's rate is
 * next to a standard one, they are counted; elsewhere each keeps its time.
 */
export function planClock(
  { container }: ProxyRequest,
  media: MediaInfo,
  video: VideoStream,
  timing: TimingPlan,
): ClockPlan {
  const { clock } = sourceContainer(media.formatName);
  const isExact = followsRate(video, timing);
  const proxyCounts = CONTAINER_RULES[container].rates !== null;
  const isCounted = !timing.variable && (clock === 'counted' || (proxyCounts && !isExact));
  const zero = pictureZero(media, video);
  return {
    startOffset: isCounted ? 0 : zero - mediaStart(media),
    reorderDelay: clock === 'late' && !isCounted ? firstPicture(video) - zero : 0,
    countedAt: isCounted ? timing.sourceRate : null,
    sourceTicks: timing.mode === 'passthrough' && !isCounted && !proxyCounts && !isExact,
  };
}

/** Seconds on the file's clock at which the earliest picture is shown, which is the proxy's zero. */
export function pictureZero(media: MediaInfo, video: VideoStream): number {
  const { clock } = sourceContainer(media.formatName);
  return clock === 'stored' ? firstPicture(video) : (video.startSeconds ?? 0);
}

/** Whether every picture has its place at the very rate that the proxy declares. */
function followsRate(video: VideoStream, { sourceRate, variable }: TimingPlan): boolean {
  const base = positiveRational(video.frameRate);
  const average = positiveRational(video.averageFrameRate);
  const named = [base, average].some((rate) => rate !== null && sameRational(rate, sourceRate));
  if (variable || !named) return false;
  const { head, tickSeconds } = video;
  return !head || !tickSeconds || isRegular(head, rationalToNumber(sourceRate), tickSeconds);
}
