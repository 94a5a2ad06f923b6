import { primaryVideo, type MediaInfo, type VideoStream } from '../media/index.ts';
import { frameZero } from '../proxy/time/clock.ts';
import { extent } from './extent.ts';

/** Seconds by which the two may overlap: recorders write a stream out before they begin another. */
const OVERLAP_SECONDS = 0.5;

/** A picture of a source that goes on in another stream. */
export interface LaterPicture {
  /** Index of that stream. */
  stream: number;
  /** From the first frame of the proxy to its last one. */
  seconds: number;
}

/**
 * The second picture that begins where the first one ends, as of a transport stream that changes the number of its picture; `null` where
 * none does. One that is shown beside the first begins with it.
 *
 * @param frameTimes of the frames of a proxy, in seconds; `NaN` for one without a time.
 */
export function laterPicture(
  source: MediaInfo,
  frameTimes: readonly number[] | null,
): LaterPicture | null {
  const video = primaryVideo(source);
  const times = (frameTimes ?? []).filter((time) => !Number.isNaN(time));
  if (video === null || times.length === 0) return null;
  const [first, last] = extent(times);
  const least = Math.max((last - first) / 2, last - first - OVERLAP_SECONDS);
  const later = source.streams
    .filter((stream): stream is VideoStream => stream.kind === 'video')
    .filter((stream) => stream !== video && !stream.isAttachedPicture)
    .find(({ startSeconds }) => {
      const begins = (startSeconds ?? 0) - frameZero(source, video) - first;
      return begins > 0 && begins >= least;
    });
  return later ? { stream: later.index, seconds: last - first } : null;
}
