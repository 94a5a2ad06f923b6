import { dirname } from 'node:path';
import type { ClipTask, EncodePass, EndingTools, ProgramCall, ProgramEnding } from '@app/engines';
import { hasCrashed, NoSpaceFailure, Progress, runProcess, withNames } from '@app/storage';
import { requireTool } from './ffmpeg-tools.ts';
import type { ReferenceCapture } from './reference-capture.ts';

/** A proxy that is being made. */
export interface MadeProxy {
  task: ClipTask;
  pass: EncodePass;
  /** File in which the pass stores the source's reference frames. */
  capture: ReferenceCapture;
}

/** Limits of a program's run. */
export interface Bounds {
  signal: AbortSignal;
  /** Seconds without progress after which the program is stopped. */
  stallSeconds: number;
}

/** Runs a program to its end. @throws JobFailure if it can't be started; the errors of the readers of its output. */
export function runCall(
  { argv, mostSeconds, ...readers }: ProgramCall,
  { signal, stallSeconds }: Bounds,
): Promise<ProgramEnding> {
  // A call that reports no progress has a limit for its whole run.
  const bounds =
    mostSeconds === undefined
      ? { stallSeconds }
      : { stallSeconds: mostSeconds, progress: new Progress() };
  return runProcess(argv, { signal, ...bounds, ...readers });
}

/**
 * Runs FFmpeg once.
 *
 * @param call defaults to that of the pass.
 * @throws JobFailure `EngineUnavailableError` without FFmpeg, and if the capture outgrows its space.
 */
export async function encode(
  { task, pass, capture }: MadeProxy,
  bounds: Bounds,
  call = pass.call({ input: task.sourceFile, output: task.stagedFile, capture: capture.path }),
): Promise<ProgramEnding> {
  await requireTool('ffmpeg');
  const reportProgress = (phase: 'making' | 'comparing') => {
    const { frames, speed } = pass.progress;
    task.onProgress?.({ phase, frames, declaredFrames: pass.plan.declared.frames, speed });
  };
  const onStdout = (chunk: Uint8Array) => {
    capture.watchSpace();
    call.onStdout?.(chunk);
    reportProgress('making');
  };
  const run = await runCall({ ...call, onStdout }, bounds);
  reportProgress('comparing');
  return run;
}

/** Tools to learn more about an ending than FFmpeg reports. */
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
 * @returns `null` if it hangs or crashes, which it would do every time.
 * @throws JobFailure without FFmpeg; the reason of the signal.
 */
export async function runTrial(call: ProgramCall, bounds: Bounds): Promise<ProgramEnding | null> {
  await requireTool('ffmpeg');
  const run = await runAside(call, bounds);
  return run.stalled || hasCrashed(run) ? null : run;
}

/** Runs a program whose outcome doesn't matter after a stop. @throws the reason of the signal. */
export async function runAside(call: ProgramCall, bounds: Bounds): Promise<ProgramEnding> {
  const run = await runCall(call, bounds);
  bounds.signal.throwIfAborted();
  return run;
}
