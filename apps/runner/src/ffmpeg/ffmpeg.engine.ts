import { stat } from 'node:fs/promises';
import { Inject, Injectable } from '@nestjs/common';
import { JobFailure, type VerificationCheck, type Violation } from '@app/jobspec';
import {
  ffmpegArguments,
  planProxy,
  verifyOutput,
  type ClipOutcome,
  type ClipTask,
  type Engine,
  type MediaInfo,
  type ProxyPlan,
  type ProxyRequest,
} from '@app/engines';
import { SETTINGS, type RunnerSettings } from '../config/settings.ts';
import { runProcess } from '../platform/child-process.ts';
import { EncoderProgress } from './encoder-progress.ts';
import { ffmpegFailure } from './ffmpeg-failure.ts';
import { ffmpegVersion, requireTool } from './ffmpeg-tools.ts';
import { FfprobeService } from './ffprobe.service.ts';

/** Makes proxies of everything that is no camera RAW. The only place that starts FFmpeg. */
@Injectable()
export class FfmpegEngine implements Engine {
  readonly name = 'ffmpeg';

  constructor(
    private readonly prober: FfprobeService,
    @Inject(SETTINGS) private readonly settings: RunnerSettings,
  ) {}

  version(): Promise<string> {
    return ffmpegVersion();
  }

  violations(request: ProxyRequest, source: MediaInfo | null): Violation[] {
    const planned = planProxy(request, known(source));
    return 'violations' in planned ? planned.violations : [];
  }

  async makeProxy(task: ClipTask, signal: AbortSignal): Promise<ClipOutcome> {
    const planned = planProxy(task.request, known(task.source));
    if ('violations' in planned) throw new Error('a refused clip was started');
    const { plan } = planned;
    const args = ffmpegArguments(plan, { input: task.sourcePath, output: task.stagingPath });
    const outcome: ClipOutcome = {
      exit_code: null,
      ffmpeg_command: ['ffmpeg', ...args],
      stderr: null,
      warnings: plan.warnings,
      verification: [],
      failure: null,
    };
    await this.#encode(outcome, task, args, signal);
    if (outcome.failure === null) await this.#verify(outcome, task, plan, signal);
    return outcome;
  }

  async #encode(outcome: ClipOutcome, task: ClipTask, args: string[], signal: AbortSignal) {
    await requireTool('ffmpeg');
    const stallSeconds = this.settings.stallTimeoutSeconds;
    const progress = new EncoderProgress();
    const onStdout = (chunk: Uint8Array) => progress.advance(chunk);
    const run = await runProcess(['ffmpeg', ...args], { signal, stallSeconds, onStdout });
    outcome.exit_code = run.exitCode;
    outcome.stderr = run.stderr;
    outcome.failure = ffmpegFailure(run, task.stagingPath, stallSeconds);
  }

  async #verify(outcome: ClipOutcome, task: ClipTask, plan: ProxyPlan, signal: AbortSignal) {
    outcome.failure = await missingOutput(task.stagingPath);
    if (outcome.failure !== null) return;
    const probed = await this.prober.probe(task.stagingPath, signal, { countPackets: true });
    if ('error' in probed) {
      outcome.failure = verificationFailure([], `ffprobe can't read the proxy: ${probed.error}`);
      return;
    }
    outcome.verification = verifyOutput(plan, probed.media);
    const failed = outcome.verification.filter((check) => !check.passed);
    if (failed.length > 0) outcome.failure = verificationFailure(failed);
  }
}

/** FFmpeg only gets sources that ffprobe has read. */
function known(source: MediaInfo | null): MediaInfo {
  if (source === null) throw new Error('a source that was not probed was routed to FFmpeg');
  return source;
}

async function missingOutput(path: string): Promise<JobFailure | null> {
  const size = await stat(path).then(
    (stats) => stats.size,
    () => 0,
  );
  if (size > 0) return null;
  return new JobFailure('OutputMissingError', 'Output file does not exist or has zero size');
}

function verificationFailure(failed: VerificationCheck[], detail?: string): JobFailure {
  const text =
    detail ??
    failed
      .map(({ check, expected, actual }) => `${check} is ${show(actual)}, expected ${show(expected)}`)
      .join('; ');
  return new JobFailure('OutputVerificationError', `Output verification failed: ${text}`);
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
