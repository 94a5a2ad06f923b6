import { stat } from 'node:fs/promises';
import { Inject, Injectable } from '@nestjs/common';
import { JobFailure, type Violation } from '@app/jobspec';
import {
  ffmpegArguments,
  planProxy,
  primaryVideo,
  verificationFailure,
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
import { runWarnings } from './run-warnings.ts';
import { checkWholeness } from './source-wholeness.ts';
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

  violations(request: ProxyRequest, source: MediaInfo | null): readonly Violation[] {
    return planProxy(request, known(source)).violations ?? [];
  }

  async makeProxy(task: ClipTask, signal: AbortSignal): Promise<ClipOutcome> {
    const { plan } = planProxy(task.request, known(task.source));
    if (!plan) throw new Error('a clip that FFmpeg had refused was started');
    const args = ffmpegArguments(plan, { input: task.sourcePath, output: task.stagingPath });
    const outcome: ClipOutcome = {
      exit_code: null,
      ffmpeg_command: ['ffmpeg', ...args],
      stderr: null,
      warnings: [...plan.warnings],
      verification: [],
      failure: null,
    };
    const progress = new EncoderProgress();
    await this.#encode(outcome, task, args, progress, signal);
    outcome.failure ??= await missingOutput(task.stagingPath);
    if (outcome.failure === null) await this.#verify(outcome, task, plan, progress, signal);
    return outcome;
  }

  async #encode(
    outcome: ClipOutcome,
    task: ClipTask,
    args: readonly string[],
    progress: EncoderProgress,
    signal: AbortSignal,
  ) {
    await requireTool('ffmpeg');
    const stallSeconds = this.settings.stallTimeoutSeconds;
    const onStdout = (chunk: Uint8Array) => progress.advance(chunk);
    const run = await runProcess(['ffmpeg', ...args], { signal, stallSeconds, onStdout });
    outcome.exit_code = run.exitCode;
    outcome.stderr = run.stderr;
    outcome.failure = ffmpegFailure(run, task.stagingPath, stallSeconds);
    if (outcome.failure === null) outcome.warnings.push(...runWarnings(run.stderr, progress));
  }

  async #verify(
    outcome: ClipOutcome,
    task: ClipTask,
    plan: ProxyPlan,
    progress: EncoderProgress,
    signal: AbortSignal,
  ) {
    const probed = await this.prober.probe(task.stagingPath, signal, { countPackets: true });
    if ('error' in probed) {
      outcome.failure = notVerified(`ffprobe can't read the proxy: ${probed.error}`);
      return;
    }
    const checks = verifyOutput(plan, probed.media, {
      duplicatedFrames: progress.duplicatedFrames,
      droppedFrames: progress.droppedFrames,
      sourcePackets: plan.declared.frames === null ? await this.#count(task, signal) : null,
    });
    const { formatName } = known(task.source);
    outcome.verification = [await checkWholeness(task.sourcePath, formatName), ...checks];
    const difference = verificationFailure(outcome.verification);
    if (difference !== null) outcome.failure = notVerified(difference);
  }

  /** Counts what a source holds whose header doesn't say. */
  async #count(task: ClipTask, signal: AbortSignal): Promise<number | null> {
    const probed = await this.prober.probe(task.sourcePath, signal, { countPackets: true });
    return 'media' in probed ? (primaryVideo(probed.media)?.countedPackets ?? null) : null;
  }
}

/** FFmpeg only gets sources that ffprobe has read. */
function known(source: MediaInfo | null): MediaInfo {
  if (source === null) throw new Error('a source that was not probed was routed to FFmpeg');
  return source;
}

async function missingOutput(path: string): Promise<JobFailure | null> {
  const hasBytes = await stat(path).then(
    ({ size }) => size > 0,
    () => false,
  );
  if (hasBytes) return null;
  return new JobFailure('OutputMissingError', 'Output file does not exist or has zero size');
}

function notVerified(why: string): JobFailure {
  return new JobFailure('OutputVerificationError', `Output verification failed: ${why}`);
}
