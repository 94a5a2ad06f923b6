import { FrameLog, frameLogArguments, type VideoStream } from '@app/engines';
import { runProcess } from '../process/child-process.ts';
import { Progress } from '../process/program-end.ts';

/** The clip is judged already: to know which frames it was is worth so many seconds. */
const MOST_SECONDS = 120;

/** Of these a frame is shown after others were decoded: what is said meanwhile counts for the one that is shown. */
const REORDERED = new Set(['h264', 'hevc', 'mpeg1video', 'mpeg2video', 'mpeg4', 'vc1']);

/**
 * The frames of a source that its decoder has errors at, as a sentence, and how many they are where those are too many; `null` when none
 * are found. The source is decoded once more for it: only a clip that has some pays.
 */
export async function damagedFrames(
  path: string,
  { index, codecName }: VideoStream,
  signal: AbortSignal,
): Promise<{ said: string; tooMany: FrameLog['mostlyBad'] } | null> {
  const log = new FrameLog();
  const run = await runProcess(['ffprobe', ...frameLogArguments(path, index)], {
    signal,
    stallSeconds: MOST_SECONDS,
    // Nothing counts as progress, so that all of it is bounded.
    progress: new Progress(),
    onStdout: (chunk) => log.take(chunk),
  }).catch(() => null);
  if (run === null || signal.aborted || log.frames === null) return null;
  const part = run.stalled ? `, as far as it was read in ${MOST_SECONDS} seconds` : '';
  const where = REORDERED.has(codecName ?? '') ? 'at or soon after' : 'at';
  const said = `The decoder of the source reports errors ${where} ${log.frames} (counted from 0)${part}.`;
  return { said, tooMany: log.mostlyBad };
}
