import { thumbnailRun, type ClipTask, type ProxyExpectation } from '@app/engines';
import { runProcess, Progress } from '@app/storage';

/** Limit in seconds. A few frames take about one. */
const MAX_SECONDS = 30;

/**
 * Takes thumbnails of a staged proxy that isn't decoded as a whole; fewer if it has fewer frames, none if nobody wants them.
 *
 * @param frames expected frame count of the proxy.
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
    stallSeconds: MAX_SECONDS,
    // Without progress the limit applies to the whole run.
    progress: new Progress(),
    pipes,
  });
  await run.catch(() => undefined);
  return thumbnails();
}
