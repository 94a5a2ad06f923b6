import { Injectable } from '@nestjs/common';
import {
  EncodePass,
  ffprobeArguments,
  makeProxy,
  PacketScan,
  planProxy,
  readEnding,
  tryQuantisers,
  type ClipOutcome,
  type ClipPlan,
  type ClipRun,
  type ClipTask,
  type Engine,
  type MediaInfo,
  type ProxyPlan,
  type ProxyRequest,
} from '@app/engines';
import { RunnerSettings } from '../config/settings.ts';
import { encode, endingTools, runAside, runTrial, type Bounds } from './encode.ts';
import { ffmpegVersion, isProved } from './ffmpeg-tools.ts';
import { writeTables } from './look-files.ts';
import { ProxyInspector, failedProxy } from './proxy-inspector.ts';
import { ReferenceCapture } from './reference-capture.ts';

/** Engine for everything but camera RAW. */
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

  violations(request: ProxyRequest, source: MediaInfo | null): ReturnType<Engine['violations']> {
    return planProxy(request, probed(source)).violations ?? [];
  }

  async make(task: ClipTask, signal: AbortSignal): Promise<ClipOutcome> {
    const { request } = task;
    const source = probed(task.source);
    const bounds = { signal, stallSeconds: this.settings.stallTimeoutSeconds };
    const first = { request, source, plan: planOf(request, source) };
    await writeTables(first.plan.video);
    const programs = {
      tryQuantisers: ({ plan }: ClipPlan) =>
        tryQuantisers(plan, task.sourceFile, (call) => runTrial(call, bounds)),
      scanPackets: async ({ isProbedDeeper = false }: MediaInfo) => {
        const scan = new PacketScan();
        const args = ffprobeArguments(task.sourceFile, { packets: true, deeper: isProbedDeeper });
        await runAside(
          { argv: ['ffprobe', ...args], onStdout: (chunk) => scan.take(chunk) },
          bounds,
        );
        return scan.packets();
      },
      encode: (plan: Required<ClipPlan>) => encodeAndInspect(plan, task, this.inspector, bounds),
      now: () => performance.now() / 1000,
    };
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

/** Encodes and compares a clip. Starts over if other files used up the space of the capture, which isn't the clip's fault. */
async function encodeAndInspect(
  clipPlan: Required<ClipPlan>,
  task: ClipTask,
  inspector: ProxyInspector,
  bounds: Bounds,
): Promise<ClipRun> {
  let least = 0;
  for (;;) {
    const pass = new EncodePass(clipPlan);
    const bytes = Math.max(pass.captureBytes, least);
    const capture = await ReferenceCapture.open(task, bytes, bounds.signal);
    try {
      const made = { task, pass, capture };
      const ended = await encode(made, bounds);
      const ending = await readEnding(pass, task, ended, endingTools(made, bounds));
      const { failure, lacksSpace } = ending;
      const seen =
        failure === null ? await inspector.inspect(made, bounds) : failedProxy([], failure);
      if (seen.failure === null || !lacksSpace || !(await capture.mayWait(task)))
        return pass.outcome(task, capture.shownPath, ending, seen);
      const size = await capture.size();
      // A clip longer than estimated asks for more space each time, until that is more than the disk can hold.
      if (size > pass.captureBytes) least = 2 * size;
    } finally {
      await capture.close();
    }
  }
}
