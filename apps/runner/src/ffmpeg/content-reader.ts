import {
  JpegCollector,
  PacketList,
  FrameComparison,
  thumbnailFrames,
  thumbnailOf,
  audioStartArguments,
  readArguments,
  soundPaceWarnings,
} from '@app/engines';
import { runProcess, type ProcessOutcome } from '../process/child-process.ts';
import type { Bounds, MadeProxy } from './encode.ts';
import { EncoderProgress, following } from './encoder-progress.ts';
import { pipesTo, traces } from './reference-capture.ts';

export type ReadContent = Awaited<ReturnType<typeof readContent>>;

/**
 * Reads a finished proxy once, and meanwhile how the tracks of its source begin.
 *
 * @param sourceFrames how many frames the pass that encodes has told.
 */
export async function readContent(made: MadeProxy, sourceFrames: number, bounds: Bounds) {
  const read = readProxy(made, sourceFrames, bounds);
  const heard = hearStart(made, bounds);
  // Nothing is removed under a program that still runs.
  await Promise.allSettled([read, heard]);
  return { ...(await read), heard: await heard };
}

/** Everything that a proxy shows and sounds like, beside what its source told. */
async function readProxy(
  { task, plan, capture: { path } }: MadeProxy,
  sourceFrames: number,
  bounds: Bounds,
) {
  const { stagedFile, wantsThumbnails } = task;
  const pictures = new FrameComparison(plan);
  const audio = traces(plan);
  const frames = wantsThumbnails ? thumbnailFrames(sourceFrames) : [];
  const list = new PacketList();
  const jpegs = new JpegCollector();
  const args = readArguments(plan, stagedFile, path, frames);
  const run = await runProcess(['ffmpeg', ...args], {
    ...bounds,
    onStdout: (chunk) => pictures.take(chunk),
    pipes: [...pipesTo(audio), (chunk) => list.take(chunk), (chunk) => jpegs.take(chunk)],
  });
  const thumbnails = jpegs.get().map((jpeg, n) => thumbnailOf(plan, frames[n] ?? 0, jpeg));
  return {
    run,
    pictures: pictures.finish(),
    sourcePictures: sourceFrames,
    audio,
    list,
    thumbnails,
  };
}

/** How the tracks of a source begin, each by the first seconds of its samples from the proxy's zero on, how FFmpeg ended, and what is said of them. */
async function hearStart(
  { task, plan, source }: MadeProxy,
  bounds: Bounds,
): Promise<{ run: ProcessOutcome | null; starts: Float32Array[]; warnings: string[] }> {
  if (plan.audio.length === 0) return { run: null, starts: [], warnings: [] };
  const heard = traces(plan);
  const run = await runProcess(['ffmpeg', ...audioStartArguments(plan, source, task.sourceFile)], {
    ...bounds,
    ...following(new EncoderProgress()),
    pipes: pipesTo(heard),
  });
  const warnings = soundPaceWarnings(plan.audio, run.stderr);
  return { run, starts: heard.map((trace) => trace.finish().start), warnings };
}
