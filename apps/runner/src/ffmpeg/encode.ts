import { dirname } from 'node:path';
import { type ClipTask, type EncodePass, type EndingTools, type ProgramCall } from '@app/engines';
import {
  hasCrashed,
  NoSpaceFailure,
  Progress,
  runProcess,
  withNames,
  type ProcessOutcome,
} from '@app/storage';
import { requireTool } from './ffmpeg-tools.ts';
import type { ReferenceCapture } from './reference-capture.ts';

/** A proxy that is made, and what it is made by. */
export interface MadeProxy {
  task: ClipTask;
  pass: EncodePass;
  /** Where the pass keeps what it tells of its source. */
  capture: ReferenceCapture;
}

/** Bounds of a program. */
export interface Bounds {
  signal: AbortSignal;
  /** Seconds that it may go without progress. */
  stallSeconds: number;
}

/** Runs a program to its end. @throws JobFailure when it can't be started; what a reader throws. */
export function runCall(
  { argv, mostSeconds, ...readers }: ProgramCall,
  { signal, stallSeconds }: Bounds,
): Promise<ProcessOutcome> {
  // Where nothing counts as progress, all of a call is bounded.
  const bounds =
    mostSeconds === undefined
      ? { stallSeconds }
      : { stallSeconds: mostSeconds, progress: new Progress() };
  return runProcess(argv, { signal, ...bounds, ...readers });
}

/**
 * Runs FFmpeg once.
 *
 * @param call of the pass.
 * @throws JobFailure `EngineUnavailableError` when there is none, and when what it tells of its source outgrows its space.
 */
export async function encode(
  { task, pass, capture }: MadeProxy,
  bounds: Bounds,
  call = pass.call({ input: task.sourceFile, output: task.stagedFile, capture: capture.path }),
): Promise<ProcessOutcome> {
  await requireTool('ffmpeg');
  const tell = (phase: 'making' | 'comparing') => {
    const { frames, speed } = pass.progress;
    task.onProgress?.({ phase, frames, declaredFrames: pass.plan.declared.frames, speed });
  };
  const onStdout = (chunk: Uint8Array) => {
    capture.watchSpace();
    call.onStdout?.(chunk);
    tell('making');
  };
  const run = await runCall({ ...call, onStdout }, bounds);
  tell('comparing');
  return run;
}

/** What asks the decoder of the source, where FFmpeg's words about its ending aren't enough. */
export function endingTools({ task, capture }: MadeProxy, bounds: Bounds): EndingTools {
  return {
    stallSeconds: bounds.stallSeconds,
    run: (call) => runAside(call, bounds),
    noSpaceFor: (file) =>
      new NoSpaceFailure(
        file === 'capture' ? withNames(capture.directory) : dirname(task.stagingPath),
      ),
  };
}

/**
 * Runs a trial of quantisers.
 *
 * @returns `null` where it hangs or crashes, which it does in each run.
 * @throws JobFailure when there is no FFmpeg; the reason of the signal.
 */
export async function runTrial(call: ProgramCall, bounds: Bounds): Promise<ProcessOutcome | null> {
  await requireTool('ffmpeg');
  const run = await runAside(call, bounds);
  return run.stalled || hasCrashed(run) ? null : run;
}

/** Runs a program of which nothing is left to say at a stop. @throws the reason of the signal. */
export async function runAside(call: ProgramCall, bounds: Bounds): Promise<ProcessOutcome> {
  const run = await runCall(call, bounds);
  bounds.signal.throwIfAborted();
  return run;
}
