import { thumbnailRun, type ClipTask, type ProxyExpectation } from '@app/engines';
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
) {
  if (!wantsThumbnails || frames < 1 || signal.aborted) return [];
  const { args, pipes, thumbnails } = thumbnailRun(plan, stagedFile, frames);
  const run = runProcess(['ffmpeg', ...args], {
    signal,
    stallSeconds: MOST_SECONDS,
    // Nothing counts as progress, so that all of it is bounded.
    progress: new Progress(),
    pipes,
  });
  await run.catch(() => undefined);
  return thumbnails();
}
