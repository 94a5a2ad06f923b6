import { Injectable } from '@nestjs/common';
import {
  ffmpegArguments,
  planProxy,
  quantised,
  verificationFailure,
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
import { ContentVerifier } from './content-verifier.ts';
import { EncoderProgress } from './encoder-progress.ts';
import {
  ffmpegVersion,
  notVerified,
  OutputVerifier,
  requireTool,
  takePosters,
} from '../probe/index.ts';
import { tryQuantisers } from './prores-trial.ts';
import { noteEnding } from './run-ending.ts';
import { pipesTo, SourceTap } from './source-tap.ts';

/** Makes proxies of everything but camera RAW. */
@Injectable()
export class FfmpegEngine implements Engine {
  readonly name = 'ffmpeg';

  constructor(
    private readonly verifier: OutputVerifier,
    private readonly content: ContentVerifier,
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
    const choice = await tryQuantisers(planned, source, task.sourcePath, signal);
    const plan = choice?.quantiser ? quantised(planned, choice.quantiser) : planned;
    const tap = await SourceTap.open(task.stagingFolder, plan);
    try {
      const { sourcePath: input, stagingPath: output } = task;
      const args = ffmpegArguments(plan, { input, output, pictures: tap.picturesPath });
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
      const failed = async (how: Pick<ClipOutcome, 'verification' | 'failure'>) => {
        const { frames, pictureTimes } = progress;
        // Storage that hangs isn't asked again.
        const made = how.failure?.type === 'EngineStalledError' ? 0 : frames;
        const posters = await takePosters(task, plan, made, signal, pictureTimes);
        return { ...outcome, ...how, posters };
      };
      await this.#encode(outcome, task, args, { source, plan, progress, tap }, signal);
      if (outcome.failure !== null) return await failed(outcome);
      const counts = countsOf(progress);
      const { proxy, ...declared } = await this.verifier.verify(task, source, plan, counts, signal);
      if (declared.failure !== null || proxy === null) return await failed(declared);
      const made = { source, plan, proxy, tap };
      const { checks, posters } = await this.content.verify(task, made, signal);
      const difference = verificationFailure(checks);
      const failure = difference === null ? null : notVerified(difference);
      const verification = [...declared.verification, ...checks];
      return { ...outcome, verification, failure, posters };
    } finally {
      await tap.close();
    }
  }

  async #encode(
    outcome: ClipOutcome,
    task: ClipTask,
    args: readonly string[],
    { source, plan, progress, tap }: Encoding,
    signal: AbortSignal,
  ) {
    await requireTool('ffmpeg');
    const stallSeconds = this.settings.stallTimeoutSeconds;
    const onStdout = (chunk: Uint8Array) => {
      const isMoving = progress.advance(chunk);
      const { frames, speed } = progress;
      task.onProgress?.({ frames, declaredFrames: plan.declared.frames, speed });
      return isMoving;
    };
    const pipes = pipesTo(tap.sound);
    const run = await runProcess(['ffmpeg', ...args], { signal, stallSeconds, onStdout, pipes });
    await noteEnding(outcome, { run, task, source, progress, stallSeconds }, signal);
  }
}

interface Encoding {
  source: MediaInfo;
  plan: ProxyPlan;
  progress: EncoderProgress;
  tap: SourceTap;
}

function countsOf({ duplicatedFrames, droppedFrames, pictureTimes, pictureTick }: EncoderProgress) {
  return { duplicatedFrames, droppedFrames, pictureTimes, pictureTick };
}
