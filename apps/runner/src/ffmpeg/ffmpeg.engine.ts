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
} from '@app/engines';
import { RunnerSettings } from '../config/settings.ts';
import { ffmpegVersion, isProved } from '../probe/index.ts';
import { clipPrograms } from './clip-programs.ts';
import { writeTables } from './look-files.ts';
import { makeProxy } from './make-proxy.ts';
import { ProxyInspector } from './proxy-inspector.ts';

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
