import { Injectable } from '@nestjs/common';
import type { Violation } from '@app/jobspec';
import {
  planProxy,
  type ClipOutcome,
  type ClipTask,
  type Engine,
  type MediaInfo,
  type ProxyPlan,
  type ProxyRequest,
  captureBytes,
  captureLacksSpace,
  ffmpegArguments,
  otherNameWarnings,
  lostWarnings,
  orderWarnings,
  paceWarnings,
  surplusWarnings,
  plannedFacts,
  proxyCommand,
  withQuantiser,
} from '@app/engines';
import { RunnerSettings } from '../config/settings.ts';
import { ffmpegVersion, isProved } from './ffmpeg-tools.ts';
import { writeTables } from './look-files.ts';
import { makeProxy, type ClipPlan, type ClipPrograms, type ClipRun } from './make-proxy.ts';
import { ProxyInspector, notInspected } from './proxy-inspector.ts';
import { encode, type Bounds, type MadeProxy } from './encode.ts';
import { tryQuantisers } from './prores-trial.ts';
import { readEnding } from './run-ending.ts';
import { ReferenceCapture } from './reference-capture.ts';

/** Makes proxies of everything but camera RAW. */
@Injectable()
export class FfmpegEngine implements Engine {
  readonly name = 'ffmpeg';

  constructor(
    private readonly inspector: ProxyInspector,
    private readonly settings: RunnerSettings,
  ) {}

  version(): Promise<string> {
    return ffmpegVersion();
  }

  violations(request: ProxyRequest, source: MediaInfo | null): readonly Violation[] {
    return planProxy(request, probed(source)).violations ?? [];
  }

  async make(task: ClipTask, signal: AbortSignal): Promise<ClipOutcome> {
    const { request } = task;
    const source = probed(task.source);
    const bounds = { signal, stallSeconds: this.settings.stallTimeoutSeconds };
    const programs = clipPrograms(task, this.inspector, bounds);
    const first = { request, source, plan: planOf(request, source) };
    await writeTables(first.plan.video);
    const { run, attempts } = await makeProxy(first, programs, signal);
    const proved = await isProved(this.settings.folder);
    const { facts } = run.outcome;
    return { ...run.outcome, ...(facts && { facts: { ...facts, proved } }), attempts };
  }
}

function probed(source: MediaInfo | null): MediaInfo {
  if (source === null) throw new Error('a source that was not probed was routed to FFmpeg');
  return source;
}

function planOf(request: ProxyRequest, source: MediaInfo): ProxyPlan {
  const { plan, violations } = planProxy(request, source);
  if (!plan) throw new Error(`a clip was not validated: ${violations[0]?.message}`);
  return plan;
}

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
    warnings.push(
      ...lostWarnings(seen.verification),
      ...orderWarnings(plan, counts),
      ...surplusWarnings(plan, counts),
    );
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
    thumbnails: seen.thumbnails,
  };
  const { frameTimes } = counts;
  return {
    ...clipPlan,
    outcome,
    frameTimes,
    frameSizes: seen.frameSizes,
    changes: encoded.changes,
  };
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
