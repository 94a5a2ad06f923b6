import {
  firstOutOfTurn,
  lacksTimes,
  primaryVideo,
  sourceContainer,
  withHead,
  type MediaInfo,
} from '../../media/index.ts';
import { frameZero } from './clock.ts';
import { inTurn, turnsOf } from './turns.ts';

/** What a run has measured. */
export interface MeasuredTimes {
  /** Seconds after the earliest picture, in the order of the decoder; `NaN` for a picture without one. */
  times: readonly number[] | null;
  /** Seconds of a frame at the source's rate. */
  frameSeconds: number;
}

/**
 * The same source, with the times that a run has measured in the place of those of its first pictures: what begins at a rate may
 * go on beside it, or out of turn. `null` where nothing was measured.
 */
export function withMeasuredTimes(
  source: MediaInfo,
  { times, frameSeconds }: MeasuredTimes,
): MediaInfo | null {
  const video = primaryVideo(source);
  if (!video || times === null) return null;
  const { clock } = sourceContainer(source.formatName);
  if (clock !== 'stored' && times.some((time) => Number.isNaN(time))) return null;
  const zero = frameZero(source, video);
  const tickSeconds = video.tickSeconds ?? 0;
  const outOfTurn = firstOutOfTurn(times);
  // Once in turn, pictures may follow each other at a rate again.
  const shown = outOfTurn === null ? times : inTurn(times, frameSeconds, tickSeconds);
  const untimedFirst = shown.findIndex((time) => !Number.isNaN(time));
  if (untimedFirst < 0) return null;
  const before = untimedFirst - (lacksTimes(video.head) ? 0 : (video.head?.untimedFirst ?? 0));
  const firstTimed = zero + Math.max(before, 0) * frameSeconds;
  const head = {
    ...(video.head ?? { firstStored: null, topFieldFirst: null }),
    seconds: shown.slice(untimedFirst).map((time) => firstTimed + time),
    untimedFirst,
    outOfTurn,
    turns: turnsOf(times, shown),
    measured: times,
  };
  const streams = source.streams.map((one) => (one === video ? withHead(video, head) : one));
  return { ...source, streams };
}
