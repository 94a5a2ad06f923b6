import { FrameLog, frameLogArguments, type VideoStream } from '@app/engines';
import { runProcess } from '../process/child-process.ts';

/** A clip is as good as judged: which frames it was is worth so many seconds. */
const MOST_SECONDS = 120;

/** Of these a frame is shown after others were decoded: what is said meanwhile counts for the one that is shown. */
const REORDERED = new Set(['h264', 'hevc', 'mpeg1video', 'mpeg2video', 'mpeg4', 'vc1']);

/**
 * The frames of a source that its decoder has errors at, as a sentence. The source is decoded once more, so that only a clip in which
 * there are some pays for it; `null` when none are found.
 *
 */
export async function damagedFrames(
  path: string,
  { index, codecName }: VideoStream,
  signal: AbortSignal,
): Promise<string | null> {
  const log = new FrameLog();
  const run = await runProcess(['ffprobe', ...frameLogArguments(path, index)], {
    signal,
    stallSeconds: MOST_SECONDS,
    onStdout: (chunk) => {
      log.take(chunk);
      // Nothing counts as progress, so that all of it is bounded.
      return false;
    },
  }).catch(() => null);
  if (run === null || signal.aborted || log.frames === null) return null;
  const part = run.stalled ? ', as far as it was read in two minutes' : '';
  const where = REORDERED.has(codecName ?? '') ? 'at or soon after' : 'at';
  return `The decoder of the source reports errors ${where} frames ${log.frames} (counted from 0)${part}.`;
}
