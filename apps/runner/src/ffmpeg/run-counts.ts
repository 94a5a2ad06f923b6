import {
  isFitted,
  primaryVideo,
  type MediaInfo,
  type ProxyPlan,
  type RunCounts,
} from '@app/engines';
import type { EncoderProgress } from './encoder-progress.ts';

/** What a run tells of its pictures. */
export function countsOf(
  progress: EncoderProgress,
  { video }: ProxyPlan,
  source: MediaInfo,
): Omit<RunCounts, 'source'> {
  const { frameTimes, frameTick, duplicatedFrames, droppedFrames } = progress;
  const measuredTimes = primaryVideo(source)?.head?.measured;
  const times = { frameTimes, frameTick, measuredTimes };
  if (!video.clock.enforceMonotonicPts && !isFitted(video))
    return { ...times, duplicatedFrames, droppedFrames };
  // A filter repeats and drops these, and FFmpeg's own counts know nothing of it.
  const { repeatedFrames, decodedFrames } = progress;
  const shown = (frameTimes?.length ?? 0) - repeatedFrames;
  const all = measuredTimes?.length ?? decodedFrames;
  return { ...times, duplicatedFrames: repeatedFrames, droppedFrames: Math.max(0, all - shown) };
}
