import {
  chooseQuantiser,
  leftToSearch,
  PacketList,
  planTrial,
  trialArguments,
  trialSizes,
  triedFrames,
  type FrameSizes,
  type ProxyPlan,
  type TrialPlan,
} from '@app/engines';
import type { ProresQuantiser } from '@app/jobspec';
import { hasCrashed, runProcess, Progress } from '@app/storage';
import { requireTool } from './ffmpeg-tools.ts';
import { interruption } from './run-ending.ts';

/** How coarsely a clip is quantised, and what that makes of the frames by which it was chosen. */
export interface QuantiserTrial {
  /** `null` for codecs other than ProRes. */
  choice: ProresQuantiser | null;
  tried: readonly FrameSizes[];
}

/** A trial takes a second or two, and of 8K up to a minute. One that takes this long hangs: a slow machine must choose as a fast one does. */
const MOST_SECONDS = 600;

/**
 * Chooses how coarsely a ProRes clip is quantised, from a few of its pictures. A trial that fails leaves the choice to the encoder:
 * whatever is wrong with the source is said by the encoding itself.
 *
 * @throws JobFailure when there is no FFmpeg, and when somebody ends it: the same job must give the same bytes; the reason of
 *   the signal.
 */
export async function tryQuantisers(
  plan: ProxyPlan,
  sourcePath: string,
  signal: AbortSignal,
): Promise<QuantiserTrial> {
  const trial = planTrial(plan);
  if (trial === null) return { choice: null, tried: [] };
  if (trial.places.length === 0) return bySearch('The clip is too short to try quantisers.');
  await requireTool('ffmpeg');
  const sizes = await runTrial(trial, trialArguments(plan, trial, sourcePath), signal);
  const choice = chooseQuantiser(trial.quantisers, sizes);
  if (choice.quantiser === null || sizes === null) return { choice, tried: [] };
  return { choice, tried: triedFrames(trial.quantisers, sizes, choice.quantiser) };
}

/** Leaves a clip to the encoder's search. */
export function bySearch(reason: string): QuantiserTrial {
  return { choice: leftToSearch(reason), tried: [] };
}

async function runTrial(trial: TrialPlan, args: readonly string[], signal: AbortSignal) {
  const list = new PacketList();
  const run = await runProcess(['ffmpeg', ...args], {
    signal,
    stallSeconds: MOST_SECONDS,
    // Nothing counts as progress, so that all of a call is bounded.
    progress: new Progress(),
    onStdout: (chunk) => list.take(chunk),
  });
  signal.throwIfAborted();
  // What happens in each run leaves the choice to the search; what somebody did once must not.
  const isRepeatable = run.stalled || hasCrashed(run);
  const cut = isRepeatable ? null : interruption(run, 'source', MOST_SECONDS);
  if (cut !== null) throw cut;
  return run.exitCode === 0 ? trialSizes(list, trial) : null;
}
