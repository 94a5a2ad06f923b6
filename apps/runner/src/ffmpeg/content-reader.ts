import {
  BurnInProof,
  DetailComparison,
  JpegCollector,
  PacketList,
  FrameComparison,
  frameNumbers,
  thumbnailFrames,
  thumbnailOf,
  audioStartArguments,
  readArguments,
  soundPaceWarnings,
  expectedFrames,
  sampledLines,
} from '@app/engines';
import { runProcess, type ProcessOutcome } from '../process/child-process.ts';
import type { Bounds, MadeProxy } from './encode.ts';
import { EncoderProgress, following } from './encoder-progress.ts';
import { pipesTo, traces } from './reference-capture.ts';

/** What the pass that encodes has told of its frames. */
export interface SourceFrames {
  frames: number;
  /** Seconds; `null` where the source only counts them. */
  times: readonly number[] | null;
}

export type ReadContent = Awaited<ReturnType<typeof readContent>>;

/**
 * Reads a finished proxy once, and meanwhile how the tracks of its source begin.
 *
 * @param source how many frames it has told, and when each is shown.
 */
export async function readContent(made: MadeProxy, source: SourceFrames, bounds: Bounds) {
  const read = readProxy(made, source, bounds);
  const heard = hearStart(made, bounds);
  // Nothing is removed under a program that still runs.
  await Promise.allSettled([read, heard]);
  return { ...(await read), heard: await heard };
}

/** Everything that a proxy shows and sounds like, beside what its source told. */
async function readProxy(
  { task, plan, capture: { paths, lines } }: MadeProxy,
  { frames: sourceFrames, times }: SourceFrames,
  bounds: Bounds,
) {
  const { stagedFile, wantsThumbnails } = task;
  const pictures = new FrameComparison(plan);
  const detail = new DetailComparison(sampledLines(plan.video, expectedFrames(plan).least));
  const audio = traces(plan);
  const frames = wantsThumbnails ? thumbnailFrames(sourceFrames) : [];
  const list = new PacketList();
  const { burnIn } = plan.video;
  const text = burnIn && new BurnInProof(burnIn, frameNumbers(plan.video, times));
  const jpegs = new JpegCollector();
  const args = readArguments(plan, stagedFile, paths, frames);
  const run = await runProcess(['ffmpeg', ...args], {
    ...bounds,
    onStdout: (chunk) => pictures.take(chunk),
    pipes: [
      ...pipesTo(audio),
      (chunk) => detail.take(chunk),
      (chunk) => list.take(chunk),
      (chunk) => text?.take(chunk),
      (chunk) => jpegs.take(chunk),
    ],
  });
  const facts = {
    pictures: pictures.finish(),
    detail: detail.finish(),
    sourceCounts: { pictures: sourceFrames, lines: lines.count },
  };
  const thumbnails = jpegs.get().map((jpeg, n) => thumbnailOf(plan, frames[n] ?? 0, jpeg));
  return { run, facts, audio, list, text, thumbnails };
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
