import { firstOutOfTurn, primaryVideo, withHead, type MediaInfo } from '../../media/index.ts';
import { pictureZero } from './clock.ts';

/**
 * The same source, with the times that a run has measured in the place of those of its first pictures: what begins at a rate may
 * go on beside it, or out of turn. `null` where nothing was measured.
 *
 * @param times seconds after the earliest picture, in the order of the decoder; `NaN` for a picture without one.
 * @param endsOutOfTurn whether the run ended at a picture that has no time after that of the one before it.
 */
export function withMeasuredTimes(
  source: MediaInfo,
  times: readonly number[] | null,
  endsOutOfTurn: boolean,
): MediaInfo | null {
  const video = primaryVideo(source);
  if (!video || times === null || times.some((time) => Number.isNaN(time))) return null;
  const zero = pictureZero(source, video);
  const head = {
    ...(video.head ?? { firstStored: null, topFieldFirst: null }),
    seconds: times.map((time) => zero + time),
    outOfTurn: firstOutOfTurn(times) ?? (endsOutOfTurn ? times.length : null),
  };
  const streams = source.streams.map((one) => (one === video ? withHead(video, head) : one));
  return { ...source, streams };
}
