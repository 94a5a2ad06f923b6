import type { ClipOutcome, ClipTask, MediaInfo, ProxyPlan } from '@app/engines';
import { requireTool } from '../probe/index.ts';
import { runProcess } from '../process/child-process.ts';
import type { EncoderProgress } from './encoder-progress.ts';
import { noteEnding } from './run-ending.ts';
import { pipesTo, type SourceTap } from './source-tap.ts';

/** What is encoded, and who follows it. */
export interface Encoding {
  task: ClipTask;
  source: MediaInfo;
  plan: ProxyPlan;
  progress: EncoderProgress;
  tap: SourceTap;
  stallSeconds: number;
}

/** Runs FFmpeg once, and notes in the outcome how it ended. */
export async function encode(
  outcome: ClipOutcome,
  args: readonly string[],
  { task, source, plan, progress, tap, stallSeconds }: Encoding,
  signal: AbortSignal,
): Promise<void> {
  await requireTool('ffmpeg');
  const onStdout = (chunk: Uint8Array) => {
    const isMoving = progress.advance(chunk);
    const { frames, speed } = progress;
    task.onProgress?.({ frames, declaredFrames: plan.declared.frames, speed });
    return isMoving;
  };
  const pipes = pipesTo(tap.sound);
  const run = await runProcess(['ffmpeg', ...args], { signal, stallSeconds, onStdout, pipes });
  await noteEnding(outcome, { run, task, source, progress, stallSeconds }, signal);
}
