import {
  JpegCollector,
  thumbnailArguments,
  thumbnailFrames,
  thumbnailOf,
  rationalToNumber,
  type ClipTask,
  type Thumbnail,
  type ProxyExpectation,
} from '@app/engines';
import { runProcess, Progress } from '@app/storage';

/** A few frames are read in a second. What takes this long hangs, and nobody waits for pictures. */
const MOST_SECONDS = 30;

/**
 * Takes pictures of a staged proxy that isn't read as a whole, as many as it has; none when nobody wants them.
 *
 * @param frames that the proxy should have.
 */
export async function takeThumbnails(
  { stagedFile, wantsThumbnails }: ClipTask,
  plan: ProxyExpectation,
  frames: number,
  signal: AbortSignal,
): Promise<Thumbnail[]> {
  if (!wantsThumbnails || frames < 1 || signal.aborted) return [];
  const rate = rationalToNumber(plan.video.timing.rate);
  const times = thumbnailFrames(frames).map((frame) => ({ frame, seconds: frame / rate }));
  const pictures = times.map((time) => ({ ...time, jpeg: new JpegCollector() }));
  const run = runProcess(['ffmpeg', ...thumbnailArguments(plan.video, stagedFile, times)], {
    signal,
    stallSeconds: MOST_SECONDS,
    // Nothing counts as progress, so that all of it is bounded.
    progress: new Progress(),
    pipes: pictures.map(
      ({ jpeg }) =>
        (chunk) =>
          jpeg.take(chunk),
    ),
  });
  await run.catch(() => undefined);
  return pictures.flatMap(({ frame, jpeg }) =>
    jpeg.get().map((one) => thumbnailOf(plan, frame, one)),
  );
}
