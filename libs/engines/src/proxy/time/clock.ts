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
  const { clock, believes } = sourceContainer(media.formatName);
  const isExact = followsRate(video, timing, believes === 'index');
  const proxyCounts = CONTAINER_RULES[container].rates !== null;
  const isCounted = !timing.variable && (clock === 'counted' || (proxyCounts && !isExact));
  const zero = pictureZero(media, video);
  const base = positiveRational(video.frameRate);
  const isOverruled = base !== null && !sameRational(base, timing.sourceRate);
  return {
    startOffset: isCounted ? 0 : zero - mediaStart(media),
    reorderDelay: clock === 'late' && !isCounted ? firstPicture(video) - zero : 0,
    countedAt: isCounted ? timing.sourceRate : null,
    sourceTicks: timing.mode === 'passthrough' && !isCounted && !proxyCounts && !isExact,
    // An index has a length for each; other containers have the header's rate.
    lengthsAreWrong:
      timing.mode === 'constant' && isOverruled && clock === 'stored' && believes !== 'index',
  };
}

/** Seconds on the file's clock at which the earliest picture is shown, which is the proxy's zero. */
export function pictureZero(media: MediaInfo, video: VideoStream): number {
  const { clock } = sourceContainer(media.formatName);
  return clock === 'stored' ? firstPicture(video) : (video.startSeconds ?? 0);
}

/**
 * Whether every picture has its place at the very rate that the proxy declares.
 *
 * @param isFine whether an index times each picture by a fine clock: then an average next to the rate tells of
 * pictures beside it, and elsewhere of rounding.
 */
function followsRate(
  video: VideoStream,
  { sourceRate, variable }: TimingPlan,
  isFine: boolean,
): boolean {
  const isNamed = [video.frameRate, video.averageFrameRate].map((text) => {
    const rate = positiveRational(text);
    return rate !== null && sameRational(rate, sourceRate);
  });
  if (variable || !(isFine ? isNamed.every(Boolean) : isNamed.some(Boolean))) return false;
  const { head, tickSeconds } = video;
  return !head || !tickSeconds || isRegular(head, rationalToNumber(sourceRate), tickSeconds);
}
