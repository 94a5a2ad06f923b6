import {
  chooseQuantiser,
  closerLooks,
  keyArguments,
  leftToSearch,
  mayShare,
  planTrial,
  primaryVideo,
  sharedPlaces,
  trialArguments,
  TrialSizes,
  type MediaInfo,
  type ProxyPlan,
  type TrialPlan,
} from '@app/engines';
import type { ProresQuantiser } from '@app/jobspec';
import { runProcess } from '../process/child-process.ts';
import { requireTool } from '../probe/index.ts';

/** A trial takes a second. One that takes this long hangs, and a slow machine must choose as a fast one does. */
const MOST_SECONDS = 120;

/**
 * Chooses how coarsely a ProRes clip is quantised, from a few of its pictures, and from more of them where it is uneven;
 * `null` for other codecs. A trial that fails leaves the choice to the encoder: whatever is wrong with the source is said
 * by the encoding itself.
 *
 * @throws JobFailure when there is no FFmpeg; the reason of the signal.
 */
export async function tryQuantisers(
  plan: ProxyPlan,
  source: MediaInfo,
  sourcePath: string,
  signal: AbortSignal,
): Promise<ProresQuantiser | null> {
  const planned = planTrial(plan);
  if (planned === null) return null;
  if (planned.places.length === 0) return leftToSearch('The clip is too short to try quantisers.');
  await requireTool('ffmpeg');
  const look = async (places: TrialPlan) => {
    const trial = await withShared(places, source, sourcePath, signal);
    return runTrial(trial, trialArguments(plan, trial, sourcePath), signal);
  };
  const first = await look(planned);
  const looks = [first];
  for (const closer of closerLooks(planned, first))
    if (!looks.includes(null)) looks.push(await look(closer));
  return chooseQuantiser(planned.quantisers, looks);
}

/** Finds out which places are decoded from the same picture: each has the same picture either way, but is read once. */
async function withShared(
  trial: TrialPlan,
  source: MediaInfo,
  path: string,
  signal: AbortSignal,
): Promise<TrialPlan> {
  const video = primaryVideo(source);
  if (!video || !mayShare(trial, video)) return trial;
  const lines: Uint8Array[] = [];
  const run = await runProcess(['ffprobe', ...keyArguments(path, video, trial)], {
    signal,
    stallSeconds: MOST_SECONDS,
    onStdout: (chunk) => {
      lines.push(chunk);
      return false;
    },
  });
  signal.throwIfAborted();
  const shared = run.exitCode === 0 ? sharedPlaces(Buffer.concat(lines).toString(), trial) : 0;
  return { ...trial, shared };
}

async function runTrial(trial: TrialPlan, args: readonly string[], signal: AbortSignal) {
  const sizes = new TrialSizes(1 + trial.quantisers.length, trial.places.length);
  const onStdout = (chunk: Uint8Array) => {
    sizes.take(chunk);
    // Nothing counts as progress, so that all of it is bounded.
    return false;
  };
  const run = await runProcess(['ffmpeg', ...args], {
    signal,
    stallSeconds: MOST_SECONDS,
    onStdout,
  });
  signal.throwIfAborted();
  return run.exitCode === 0 ? sizes.get() : null;
}
