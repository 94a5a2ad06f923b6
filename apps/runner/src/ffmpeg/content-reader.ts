import {
  JpegCollector,
  PacketList,
  FrameComparison,
  thumbnailFrames,
  thumbnailOf,
  readArguments,
} from '@app/engines';
import { runProcess } from '../process/child-process.ts';
import type { Bounds, MadeProxy } from './encode.ts';
import { hearStart, startsOf } from './source-start.ts';
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
  const [audio, starts] = [traces(plan), startsOf(plan)];
  const frames = wantsThumbnails ? thumbnailFrames(sourceFrames) : [];
  const list = new PacketList();
  const jpegs = new JpegCollector();
  const args = readArguments(plan, stagedFile, path, frames);
  const run = await runProcess(['ffmpeg', ...args], {
    ...bounds,
    onStdout: (chunk) => pictures.take(chunk),
    pipes: [
      ...pipesTo(audio.map((trace, position) => both(trace, starts[position]))),
      (chunk) => list.take(chunk),
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
