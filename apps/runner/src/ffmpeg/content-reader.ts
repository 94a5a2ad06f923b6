import {
  BurnInProof,
  JpegCollector,
  PacketList,
  FrameComparison,
  frameNumbers,
  thumbnailFrames,
  thumbnailOf,
  readArguments,
} from '@app/engines';
import { runProcess } from '../process/child-process.ts';
import type { Bounds, MadeProxy } from './encode.ts';
import { hearStart, startsOf } from './source-start.ts';
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
  { task, plan, capture: { path } }: MadeProxy,
  { frames: sourceFrames, times }: SourceFrames,
  bounds: Bounds,
) {
  const { stagedFile, wantsThumbnails } = task;
  const pictures = new FrameComparison(plan);
  const [audio, starts] = [traces(plan), startsOf(plan)];
  const frames = wantsThumbnails ? thumbnailFrames(sourceFrames) : [];
  const list = new PacketList();
  const { burnIn } = plan.video;
  const text = burnIn && new BurnInProof(burnIn, frameNumbers(plan.video, times));
  const jpegs = new JpegCollector();
  const args = readArguments(plan, stagedFile, path, frames);
  const run = await runProcess(['ffmpeg', ...args], {
    ...bounds,
    onStdout: (chunk) => pictures.take(chunk),
    pipes: [
      ...pipesTo(audio.map((trace, position) => both(trace, starts[position]))),
      (chunk) => list.take(chunk),
      (chunk) => text?.take(chunk),
      (chunk) => jpegs.take(chunk),
    ],
  });
  const thumbnails = jpegs.get().map((jpeg, n) => thumbnailOf(plan, frames[n] ?? 0, jpeg));
  return {
    run,
    pictures: pictures.finish(),
    sourcePictures: sourceFrames,
    audio,
    starts,
    list,
    text,
    thumbnails,
  };
}

interface Taker {
  take(chunk: Uint8Array): void;
}

function both(one: Taker, other: Taker | undefined): Taker {
  return {
    take(chunk) {
      one.take(chunk);
      other?.take(chunk);
    },
  };
}
