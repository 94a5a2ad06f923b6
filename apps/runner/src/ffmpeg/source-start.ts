import {
  soundForm,
  SoundStart,
  soundStartArguments,
  type MediaInfo,
  type ProxyPlan,
} from '@app/engines';
import { runProcess } from '../process/child-process.ts';
import { pipesTo } from './source-tap.ts';

/** How the tracks of a source begin, each by the first seconds of its samples from the proxy's zero on; `null` when reading them stalls. */
export async function hearStart(
  path: string,
  plan: ProxyPlan,
  source: MediaInfo,
  bounds: { signal: AbortSignal; stallSeconds: number },
): Promise<Float32Array[] | null> {
  if (plan.audio.length === 0) return [];
  const starts = startsOf(plan);
  const run = await runProcess(['ffmpeg', ...soundStartArguments(plan, source, path)], {
    ...bounds,
    onStdout: () => true,
    pipes: pipesTo(starts),
  });
  return run.stalled ? null : starts.map((start) => start.finish());
}

/** One for each track, in the order of their pipes. */
export function startsOf({ audio }: ProxyPlan): SoundStart[] {
  return audio.map((track) => new SoundStart(soundForm(track)));
}
