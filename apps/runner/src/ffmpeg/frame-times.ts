import { timesArguments, type ProxyPlan } from '@app/engines';
import { requireTool } from '../probe/index.ts';
import { runProcess } from '../process/child-process.ts';
import type { Bounds } from './encode.ts';
import { EncoderProgress, following } from './encoder-progress.ts';

/** When each picture of a source is shown, by decoding it; `null` when that tells nothing: then the encoding says what is wrong. */
export async function measureTimes(
  plan: ProxyPlan,
  path: string,
  bounds: Bounds,
): Promise<readonly number[] | null> {
  await requireTool('ffmpeg');
  const progress = new EncoderProgress();
  const run = await runProcess(['ffmpeg', ...timesArguments(plan, path)], {
    ...bounds,
    ...following(progress),
  });
  bounds.signal.throwIfAborted();
  return run.exitCode === 0 && !run.stalled ? progress.frameTimes : null;
}
