import { primaryVideo, type MediaInfo, type ProxyPlan, type RunCounts } from '@app/engines';
import type { EncoderProgress } from './encoder-progress.ts';

/** What a run tells of its pictures. */
export function countsOf(
  progress: EncoderProgress,
  { picture }: ProxyPlan,
  source: MediaInfo,
): Omit<RunCounts, 'source'> {
  const { pictureTimes, pictureTick, duplicatedFrames, droppedFrames } = progress;
  const measuredTimes = primaryVideo(source)?.head?.measured;
  const times = { pictureTimes, pictureTick, measuredTimes };
  if (!picture.clock.enforceMonotonicPts) return { ...times, duplicatedFrames, droppedFrames };
  // A filter repeats and drops these, and FFmpeg's own counts know nothing of it.
  const { repeatedPictures } = progress;
  const shown = (pictureTimes?.length ?? 0) - repeatedPictures;
  const left = measuredTimes ? Math.max(0, measuredTimes.length - shown) : 0;
  return { ...times, duplicatedFrames: repeatedPictures, droppedFrames: left };
}
