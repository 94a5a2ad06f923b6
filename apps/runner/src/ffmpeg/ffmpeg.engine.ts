import { Inject, Injectable } from '@nestjs/common';
import type { Violation } from '@app/jobspec';
import {
  ffmpegArguments,
  planProxy,
  type ClipOutcome,
  type ClipTask,
  type Engine,
  type MediaInfo,
  type ProxyRequest,
} from '@app/engines';
import { SETTINGS, type RunnerSettings } from '../config/settings.ts';
import { runProcess } from '../process/child-process.ts';
import { EncoderProgress } from './encoder-progress.ts';
import { ffmpegFailure } from './ffmpeg-failure.ts';
import { ffmpegVersion, requireTool } from '../probe/ffmpeg-tools.ts';
import { OutputVerifier } from '../probe/output-verifier.ts';
import { runWarnings } from './run-warnings.ts';

/** Makes proxies of everything that is no camera RAW. The only place that starts FFmpeg. */
@Injectable()
export class FfmpegEngine implements Engine {
  readonly name = 'ffmpeg';

  constructor(
    private readonly verifier: OutputVerifier,
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
    if (outcome.failure !== null) return outcome;
    const counts = countsOf(progress);
    return { ...outcome, ...(await this.verifier.verify(task, plan, counts, signal)) };
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
}

function countsOf({ duplicatedFrames, droppedFrames }: EncoderProgress) {
  return { duplicatedFrames, droppedFrames };
}

/** FFmpeg only gets sources that ffprobe has read. */
function known(source: MediaInfo | null): MediaInfo {
  if (source === null) throw new Error('a source that was not probed was routed to FFmpeg');
  return source;
}
