import {
  chooseQuantiser,
  decoderFromStart,
  keyArguments,
  leftToSearch,
  mayShare,
  PacketList,
  planTrial,
  primaryVideo,
  sharedDecoders,
  trialArguments,
  trialSizes,
  triedFrames,
  type MediaInfo,
  type ProxyPlan,
  type TrialDecoder,
  type TrialPlan,
} from '@app/engines';
import { runProcess } from '../process/child-process.ts';
import { Progress } from '../process/progress.ts';
import { hasCrashed } from '../process/crash.ts';
import { requireTool } from '../probe/index.ts';
import type { QuantiserTrial } from './clip-run.ts';
import { interruption } from './run-ending.ts';

/** A trial takes a second or two, and of 8K up to a minute. One that takes this long hangs: a slow machine must choose as a fast one does. */
const MOST_SECONDS = 600;
/** Nothing counts as progress, so that all of a call is bounded. */
const BOUND = { stallSeconds: MOST_SECONDS, progress: new Progress() };

/**
 * Chooses how coarsely a ProRes clip is quantised, from a few of its pictures. A trial that fails leaves the choice to the encoder:
 * whatever is wrong with the source is said by the encoding itself.
 *
 * @throws JobFailure when there is no FFmpeg, and when somebody ends it: the same job must give the same bytes; the reason of
 *   the signal.
 */
export async function tryQuantisers(
  plan: ProxyPlan,
  source: MediaInfo,
  sourcePath: string,
  signal: AbortSignal,
): Promise<QuantiserTrial> {
  const planned = planTrial(plan);
  if (planned === null) return { choice: null, tried: [] };
  if (planned.places.length === 0) return bySearch('The clip is too short to try quantisers.');
  await requireTool('ffmpeg');
  const decoders = await decodersFor(planned, source, sourcePath, signal);
  const trial = decoders === null ? planned : { ...planned, decoders };
  const sizes = await runTrial(trial, trialArguments(plan, trial, sourcePath), signal);
  const choice = chooseQuantiser(trial.quantisers, sizes);
  if (choice.quantiser === null || sizes === null) return { choice, tried: [] };
  return { choice, tried: triedFrames(trial.quantisers, sizes, choice.quantiser) };
}

/** Leaves a clip to the encoder's search. */
export function bySearch(reason: string): QuantiserTrial {
  return { choice: leftToSearch(reason), tried: [] };
}

/** Finds out which places are decoded from the same key picture, so that its part of the file is read once; `null` where each has its own. */
async function decodersFor(
  trial: TrialPlan,
  source: MediaInfo,
  path: string,
  signal: AbortSignal,
): Promise<TrialDecoder[] | null> {
  const video = primaryVideo(source);
  const fromStart = video ? decoderFromStart(trial, video, source) : null;
  if (fromStart !== null || !video || !mayShare(trial, video)) return fromStart;
  const lines: Uint8Array[] = [];
  const run = await runProcess(['ffprobe', ...keyArguments(path, video, trial)], {
    signal,
    ...BOUND,
    onStdout: (chunk) => lines.push(chunk),
  });
  signal.throwIfAborted();
  return run.exitCode === 0 ? sharedDecoders(Buffer.concat(lines).toString(), trial) : null;
}

async function runTrial(trial: TrialPlan, args: readonly string[], signal: AbortSignal) {
  const list = new PacketList();
  const run = await runProcess(['ffmpeg', ...args], {
    signal,
    ...BOUND,
    onStdout: (chunk) => list.take(chunk),
  });
  signal.throwIfAborted();
  // What happens in each run leaves the choice to the search; what somebody did once must not.
  const isRepeatable = run.stalled || hasCrashed(run);
  const cut = isRepeatable ? null : interruption(run, 'source', MOST_SECONDS);
  if (cut !== null) throw cut;
  return run.exitCode === 0 ? trialSizes(list, trial) : null;
}
