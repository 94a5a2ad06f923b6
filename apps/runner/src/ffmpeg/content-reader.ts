import {
  DetailComparison,
  JpegCollector,
  PacketList,
  FrameComparison,
  thumbnailFrames,
  thumbnailOf,
  readArguments,
  expectedFrames,
  sampledLines,
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
  { task, plan, capture: { paths, lines } }: MadeProxy,
  sourceFrames: number,
  bounds: Bounds,
) {
  const { stagedFile, wantsThumbnails } = task;
  const pictures = new FrameComparison(plan);
  const detail = new DetailComparison(sampledLines(plan.video, expectedFrames(plan).least));
  const [audio, starts] = [traces(plan), startsOf(plan)];
  const frames = wantsThumbnails ? thumbnailFrames(sourceFrames) : [];
  const list = new PacketList();
  const jpegs = new JpegCollector();
  const args = readArguments(plan, stagedFile, paths, frames);
  const run = await runProcess(['ffmpeg', ...args], {
    ...bounds,
    onStdout: (chunk) => pictures.take(chunk),
    pipes: [
      ...pipesTo(audio.map((trace, position) => both(trace, starts[position]))),
      (chunk) => detail.take(chunk),
      (chunk) => list.take(chunk),
      (chunk) => jpegs.take(chunk),
    ],
  });
  const facts = {
    pictures: pictures.finish(),
    detail: detail.finish(),
    sourceCounts: { pictures: sourceFrames, lines: lines.count },
  };
  const thumbnails = jpegs.get().map((jpeg, n) => thumbnailOf(plan, frames[n] ?? 0, jpeg));
  return { run, facts, audio, starts, list, thumbnails };
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
