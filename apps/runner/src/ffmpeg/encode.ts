import {
  isFitted,
  StreamChanges,
  type ClipProgress,
  type ClipTask,
  type MediaInfo,
  type ProxyPlan,
  type RunCounts,
} from '@app/engines';
import { requireTool } from '../probe/index.ts';
import { runProcess, type ProcessOutcome } from '../process/child-process.ts';
import { EncoderProgress } from './encoder-progress.ts';
import type { ReferenceCapture } from './reference-capture.ts';

/** A proxy that is made, and what it is made of. */
export interface MadeProxy {
  task: ClipTask;
  source: MediaInfo;
  plan: ProxyPlan;
  /** What the pass that encodes tells of its source. */
  capture: ReferenceCapture;
}

/** How FFmpeg has ended, and what it has reported. */
export interface Encoded {
  run: ProcessOutcome;
  progress: EncoderProgress;
  changes: StreamChanges;
  counts: Omit<RunCounts, 'source'>;
}

/** Bounds of a program. */
export interface Bounds {
  signal: AbortSignal;
  /** Seconds that it may go without progress. */
  stallSeconds: number;
}

/** Runs FFmpeg once. @throws JobFailure `EngineUnavailableError` when there is none. */
export async function encode(
  args: readonly string[],
  { task, plan, capture }: MadeProxy,
  bounds: Bounds,
): Promise<Encoded> {
  await requireTool('ffmpeg');
  const progress = new EncoderProgress();
  const changes = new StreamChanges();
  const tell = (phase: ClipProgress['phase']) => {
    const { frames, speed } = progress;
    task.onProgress?.({ phase, frames, declaredFrames: plan.declared.frames, speed });
  };
  const run = await runProcess(['ffmpeg', ...args], {
    ...bounds,
    progress,
    writes: task.stagedFile,
    onStdout: (chunk) => {
      capture.watchSpace();
      progress.take(chunk);
      tell('making');
    },
    onStderr: (chunk) => changes.take(chunk),
    pipes: capture.pipes,
  });
  tell('comparing');
  return { run, progress, changes, counts: countsOf(progress, plan) };
}

/** What a run tells of its pictures. */
export function countsOf(
  progress: EncoderProgress,
  { video }: ProxyPlan,
): Omit<RunCounts, 'source'> {
  const { frameTimes, frameTick, duplicatedFrames, droppedFrames } = progress;
  if (!isFitted(video)) return { frameTimes, frameTick, duplicatedFrames, droppedFrames };
  // A filter repeats and drops these, and FFmpeg's own counts know nothing of it.
  const { repeatedFrames, decodedFrames } = progress;
  const shown = (frameTimes?.length ?? 0) - repeatedFrames;
  return {
    frameTimes,
    frameTick,
    duplicatedFrames: repeatedFrames,
    droppedFrames: Math.max(0, decodedFrames - shown),
  };
}
