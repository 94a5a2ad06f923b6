import { Injectable } from '@nestjs/common';
import {
  ffmpegArguments,
  planProxy,
  quantised,
  type ClipOutcome,
  type ClipTask,
  type Engine,
  type MediaInfo,
  type Preparation,
  type ProxyPlan,
  type ProxyRequest,
} from '@app/engines';
import { RunnerSettings } from '../config/settings.ts';
import { runProcess } from '../process/child-process.ts';
import { EncoderProgress } from './encoder-progress.ts';
import { ffmpegFailure } from './ffmpeg-failure.ts';
import { ffmpegVersion, OutputVerifier, requireTool } from '../probe/index.ts';
import { tryQuantisers } from './prores-trial.ts';
import { runWarnings } from './run-warnings.ts';

/** Makes proxies of everything but camera RAW. */
@Injectable()
export class FfmpegEngine implements Engine {
  readonly name = 'ffmpeg';

  constructor(
    private readonly verifier: OutputVerifier,
    private readonly settings: RunnerSettings,
  ) {}

  version(): Promise<string> {
    return ffmpegVersion();
  }

  prepare(request: ProxyRequest, source: MediaInfo | null): Preparation {
    if (source === null) throw new Error('a source that was not probed was routed to FFmpeg');
    const { plan, violations } = planProxy(request, source);
    if (violations) return { violations };
    return { makeProxy: (task, signal) => this.#makeProxy(plan, source, task, signal) };
  }

  async #makeProxy(
    planned: ProxyPlan,
    source: MediaInfo,
    task: ClipTask,
    signal: AbortSignal,
  ): Promise<ClipOutcome> {
    const choice = await tryQuantisers(planned, task.sourcePath, signal);
    const plan = choice?.quantiser ? quantised(planned, choice.quantiser) : planned;
    const args = ffmpegArguments(plan, { input: task.sourcePath, output: task.stagingPath });
    const outcome: ClipOutcome = {
      exit_code: null,
      ffmpeg_command: ['ffmpeg', ...args],
      ...(choice && { prores_quantiser: choice }),
      stderr: null,
      warnings: [...plan.warnings],
      verification: [],
      failure: null,
    };
    const progress = new EncoderProgress();
    await this.#encode(outcome, task, args, progress, plan.declared.frames, signal);
    if (outcome.failure !== null) return outcome;
    const counts = countsOf(progress);
    return { ...outcome, ...(await this.verifier.verify(task, source, plan, counts, signal)) };
  }

  async #encode(
    outcome: ClipOutcome,
    task: ClipTask,
    args: readonly string[],
    progress: EncoderProgress,
    declaredFrames: number | null,
    signal: AbortSignal,
  ) {
    await requireTool('ffmpeg');
    const stallSeconds = this.settings.stallTimeoutSeconds;
    const onStdout = (chunk: Uint8Array) => {
      const isMoving = progress.advance(chunk);
      const { frames, speed } = progress;
      task.onProgress?.({ frames, declaredFrames, speed });
      return isMoving;
    };
    const run = await runProcess(['ffmpeg', ...args], { signal, stallSeconds, onStdout });
    outcome.exit_code = run.exitCode;
    outcome.stderr = run.stderr;
    outcome.failure = ffmpegFailure(run, task.stagingPath, stallSeconds);
    if (outcome.failure === null) outcome.warnings.push(...runWarnings(run.stderr, progress));
  }
}

function countsOf({ duplicatedFrames, droppedFrames, pictureTimes, pictureTick }: EncoderProgress) {
  return { duplicatedFrames, droppedFrames, pictureTimes, pictureTick };
}
