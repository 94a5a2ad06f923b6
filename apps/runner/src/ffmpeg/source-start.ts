import {
  audioForm,
  AudioStart,
  audioStartArguments,
  soundPaceWarnings,
  type ProxyPlan,
} from '@app/engines';
import { runProcess, type ProcessOutcome } from '../process/child-process.ts';
import type { Bounds, MadeProxy } from './encode.ts';
import { EncoderProgress, following } from './encoder-progress.ts';
import { pipesTo } from './reference-capture.ts';

/** How the tracks of a source begin, each by the first seconds of its samples from the proxy's zero on, how FFmpeg ended, and what is said of them. */
export async function hearStart(
  { task, plan, source }: MadeProxy,
  bounds: Bounds,
): Promise<{ run: ProcessOutcome | null; starts: Float32Array[]; warnings: string[] }> {
  if (plan.audio.length === 0) return { run: null, starts: [], warnings: [] };
  const starts = startsOf(plan);
  const run = await runProcess(['ffmpeg', ...audioStartArguments(plan, source, task.sourceFile)], {
    ...bounds,
    ...following(new EncoderProgress()),
    pipes: pipesTo(starts),
  });
  const warnings = soundPaceWarnings(plan.audio, run.stderr);
  return { run, starts: starts.map((start) => start.finish()), warnings };
}

/** One for each track, in the order of their pipes. */
export function startsOf({ audio }: ProxyPlan): AudioStart[] {
  return audio.map((track) => new AudioStart(audioForm(track)));
}
