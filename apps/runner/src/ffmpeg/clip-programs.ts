import {
  captureBytes,
  captureLacksSpace,
  ffmpegArguments,
  otherNameWarnings,
  lostWarnings,
  paceWarnings,
  surplusWarnings,
  plannedFacts,
  proxyCommand,
  withQuantiser,
  type ClipTask,
} from '@app/engines';
import { takeThumbnails } from '../probe/index.ts';
import type { ClipPlan, ClipPrograms, ClipRun } from './make-proxy.ts';
import { encode, type Bounds, type Encoded, type MadeProxy } from './encode.ts';
import { tryQuantisers } from './prores-trial.ts';
import { notInspected, type InspectedProxy, type ProxyInspector } from './proxy-inspector.ts';
import { readEnding } from './run-ending.ts';
import { ReferenceCapture } from './reference-capture.ts';

/** The programs of this machine, for one clip. */
export function clipPrograms(
  task: ClipTask,
  inspector: ProxyInspector,
  bounds: Bounds,
): ClipPrograms {
  const { sourceFile } = task;
  return {
    tryQuantisers: ({ plan }) => tryQuantisers(plan, sourceFile, bounds.signal),
    encode: (plan) => encodeAndInspect(plan, task, inspector, bounds),
    now: () => performance.now() / 1000,
  };
}

/** Encodes once; and again as often as others take the space of what the proxy is compared with: their files are not the clip's fault. */
async function encodeAndInspect(
  clipPlan: Required<ClipPlan>,
  task: ClipTask,
  inspector: ProxyInspector,
  bounds: Bounds,
): Promise<ClipRun> {
  const { source, quantiser } = clipPlan;
  const { choice } = quantiser;
  const plan = choice?.quantiser ? withQuantiser(clipPlan.plan, choice.quantiser) : clipPlan.plan;
  let least = 0;
  for (;;) {
    const capture = await ReferenceCapture.open(task, plan, bounds.signal, least);
    try {
      const made: MadeProxy = { task, source, plan, capture };
      const run = await encodeOnce(clipPlan, made, inspector, bounds);
      const hasSpace = !captureLacksSpace(run.outcome.stderr ?? '');
      if (run.outcome.failure === null || hasSpace || !(await capture.mayWait(task))) return run;
      const size = await capture.size();
      // Of a clip whose length nobody knows: each time it needs more, and some time more than the disk can hold.
      if (size > captureBytes(plan)) least = 2 * size;
    } finally {
      await capture.close();
    }
  }
}

async function encodeOnce(
  clipPlan: Required<ClipPlan>,
  made: MadeProxy,
  inspector: ProxyInspector,
  bounds: Bounds,
): Promise<ClipRun> {
  const { task, source, plan, capture } = made;
  const { choice } = clipPlan.quantiser;
  const { sourcePath: input, sourceFile, stagingPath, stagedFile } = task;
  const files = { input: sourceFile, output: stagedFile, capture: capture.path };
  const args = ffmpegArguments(plan, files);
  const named = ffmpegArguments(plan, { input, output: stagingPath, capture: capture.shownPath });
  const encoded = await encode(args, made, bounds);
  const ending = await readEnding(made, encoded, bounds);
  const { failure, stderr } = ending;
  const otherName = otherNameWarnings(task.namedSource, source.formatName);
  const warnings = [...otherName, ...plan.warnings, ...ending.warnings];
  if (capture.doubt !== null) warnings.push(capture.doubt);
  const counts = { ...encoded.counts, source: null };
  if (failure === null) {
    warnings.push(...paceWarnings(plan, counts));
    warnings.push(...cutWarnings(capture.look?.cutShare ?? 0));
  }
  const seen =
    failure === null ? await inspector.inspect(made, encoded, bounds) : notInspected([], failure);
  if (seen.failure === null)
    warnings.push(...lostWarnings(seen.verification), ...surplusWarnings(plan, counts));
  warnings.push(...seen.soundWarnings);
  const outcome: ClipRun['outcome'] = {
    exit_code: encoded.run.exitCode,
    ffmpeg_command: proxyCommand(plan, { input, output: task.outputPath }),
    executed_command: ['ffmpeg', ...named],
    ...(choice && { prores_quantiser: choice }),
    stderr,
    warnings,
    verification: seen.verification,
    failure: seen.failure,
    facts: seen.facts ?? plannedFacts(plan),
    thumbnails: seen.thumbnails ?? (await thumbnailsOf(made, encoded, seen, bounds)),
  };
  return { ...clipPlan, outcome, frameSizes: seen.frameSizes, changes: encoded.changes };
}

/** Less than this share of what was looked at isn't worth a word. */
const LEAST_SHARE = 0.0005;

/** A warning where a look cuts what is brighter than it has a place for. @param share of the pixels that were looked at. */
function cutWarnings(share: number): string[] {
  if (share < LEAST_SHARE) return [];
  return [
    `The look cuts off what is brighter than its white: ${(100 * share).toFixed(1)} % of the picture, by the lines that were compared.`,
  ];
}

/** Of a proxy that could not be read to its end. */
async function thumbnailsOf(
  { task, plan }: MadeProxy,
  { progress }: Encoded,
  { failure }: InspectedProxy,
  { signal }: Bounds,
) {
  // Storage that hangs isn't asked again.
  const frames = failure?.type === 'EngineStalledError' ? 0 : progress.frames;
  return takeThumbnails(task, plan, frames, signal, progress.frameTimes);
}
