import {
  SoundChanges,
  type ClipOutcome,
  type ClipProgress,
  type ClipTask,
  type MediaInfo,
  type ProxyPlan,
} from '@app/engines';
import { requireTool } from '../probe/index.ts';
import { runProcess } from '../process/child-process.ts';
import { EncoderProgress } from './encoder-progress.ts';
import { countsOf } from './run-counts.ts';
import { noteEnding } from './run-ending.ts';
import { pipesTo, type SourceTap } from './source-tap.ts';

/** What is encoded, and who follows it. */
export interface Encoding {
  task: ClipTask;
  source: MediaInfo;
  plan: ProxyPlan;
  tap: SourceTap;
  stallSeconds: number;
}

/** Runs FFmpeg once, and notes in the outcome how it ended. Gives what it reported, and where sound changes. */
export async function encode(
  outcome: ClipOutcome,
  args: readonly string[],
  { task, source, plan, tap, stallSeconds }: Encoding,
  signal: AbortSignal,
): Promise<{ progress: EncoderProgress; changes: SoundChanges }> {
  await requireTool('ffmpeg');
  const progress = new EncoderProgress();
  const changes = new SoundChanges();
  const tell = (phase: ClipProgress['phase']) => {
    const { frames, speed } = progress;
    task.onProgress?.({ phase, frames, declaredFrames: plan.declared.frames, speed });
  };
  const run = await runProcess(['ffmpeg', ...args], {
    signal,
    stallSeconds,
    progress,
    writes: task.stagedFile,
    onStdout: (chunk) => {
      progress.take(chunk);
      tell('making');
    },
    onStderr: (chunk) => changes.take(chunk),
    pipes: pipesTo([...tap.sound, tap.lines]),
  });
  const counts = countsOf(progress, plan, source);
  tell('comparing');
  await noteEnding(outcome, { run, task, source, counts, changes, stallSeconds }, signal);
  return { progress, changes };
}
