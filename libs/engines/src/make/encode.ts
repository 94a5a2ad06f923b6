import { captureBytes } from '../ffmpeg/capture-arguments.ts';
import type { ProgramEnding } from '../ffmpeg/program-call.ts';
import { readEnding } from './encode-ending.ts';
import { EncodePass, type ClipPlan, type ClipRun, type MadeProxy } from './encode-pass.ts';
import type { ClipTask } from './engine.ts';
import { failedProxy, inspectProxy } from './inspect-proxy.ts';
import type { ClipFiles, MediaPrograms } from './media-programs.ts';

/** Encodes a clip by a plan, and compares the proxy with its source. A failure is an outcome. @throws what a program throws. */
export async function encodeClip(
  clip: Required<ClipPlan>,
  task: ClipTask,
  programs: MediaPrograms,
  { withCapture }: ClipFiles,
): Promise<ClipRun> {
  return withCapture(captureBytes(clip.plan), async (capture) => {
    const made = { task, pass: new EncodePass(clip), capture };
    const ending = await readEnding(made, await encode(made, programs), programs);
    const { failure } = ending;
    const seen = failure === null ? await inspectProxy(made, programs) : failedProxy([], failure);
    const run = made.pass.outcome(task, capture.shownPath, ending, seen);
    return { run, lacksSpace: seen.failure !== null && ending.lacksSpace };
  });
}

/** Runs FFmpeg once. @throws JobFailure if the capture outgrows its space; what the program's run throws. */
async function encode(
  { task, pass, capture }: MadeProxy,
  { run }: MediaPrograms,
): Promise<ProgramEnding> {
  const { sourceFile: input, stagedFile: output } = task;
  const call = pass.call({ input, output, capture: capture.path });
  const reportProgress = (phase: 'making' | 'comparing') => {
    const { frames, speed } = pass.progress;
    task.onProgress?.({ phase, frames, declaredFrames: pass.plan.declared.frames, speed });
  };
  const onStdout = (chunk: Uint8Array) => {
    capture.watchSpace();
    call.onStdout?.(chunk);
    reportProgress('making');
  };
  const ended = await run({ ...call, onStdout });
  reportProgress('comparing');
  return ended;
}
