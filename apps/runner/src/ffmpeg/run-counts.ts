import { primaryVideo, type MediaInfo, type ProxyPlan, type RunCounts } from '@app/engines';
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
  if (!video.clock.enforceMonotonicPts) return { ...times, duplicatedFrames, droppedFrames };
  // A filter repeats and drops these, and FFmpeg's own counts know nothing of it.
  const { repeatedFrames } = progress;
  const shown = (frameTimes?.length ?? 0) - repeatedFrames;
  const left = measuredTimes ? Math.max(0, measuredTimes.length - shown) : 0;
  return { ...times, duplicatedFrames: repeatedFrames, droppedFrames: left };
}
