import { Injectable } from '@nestjs/common';
import {
  ffmpegArguments,
  paceWarnings,
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
import { ContentVerifier } from './content-verifier.ts';
import { encode } from './encode.ts';
import { EncoderProgress } from './encoder-progress.ts';
import { ffmpegVersion, notVerified, OutputVerifier, takePosters } from '../probe/index.ts';
import { measuredPlan, type Attempt } from './measured-plan.ts';
import { tryQuantisers } from './prores-trial.ts';
import { SourceTap } from './source-tap.ts';

/** Plans by measured times: one that keeps each time, and one for times that are out of turn. */
const MOST_MEASURED = 2;

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
    return {
      makeProxy: async (task, signal) => {
        let known = { plan, source };
        let attempt = await this.#attempt(plan, source, task, signal);
        for (let more = 0; more < MOST_MEASURED; more++) {
          const measured = measuredPlan(request, known, attempt);
          if (measured === null) break;
          known = measured;
          attempt = await this.#attempt(measured.plan, measured.source, task, signal);
        }
        return attempt.outcome;
      },
    };
  }

  async #attempt(
    planned: ProxyPlan,
    source: MediaInfo,
    task: ClipTask,
    signal: AbortSignal,
  ): Promise<Attempt> {
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
        return { outcome: { ...outcome, ...how, posters }, pictureTimes };
      };
      const { stallTimeoutSeconds: stallSeconds } = this.settings;
      const run = { task, source, plan, progress, tap, stallSeconds };
      await encode(outcome, args, run, signal);
      if (outcome.failure !== null) return await failed(outcome);
      const counts = countsOf(progress);
      outcome.warnings.push(...paceWarnings(plan, { ...counts, source: null }));
      const { proxy, ...declared } = await this.verifier.verify(task, source, plan, counts, signal);
      if (declared.failure !== null || proxy === null) return await failed(declared);
      const made = { source, plan, proxy, tap };
      const { checks, posters } = await this.content.verify(task, made, signal);
      const difference = verificationFailure(checks);
      const failure = difference === null ? null : notVerified(difference);
      const verification = [...declared.verification, ...checks];
      const whole = { ...outcome, verification, failure, posters };
      return { outcome: whole, pictureTimes: progress.pictureTimes };
    } finally {
      await tap.close();
    }
  }
}

function countsOf({ duplicatedFrames, droppedFrames, pictureTimes, pictureTick }: EncoderProgress) {
  return { duplicatedFrames, droppedFrames, pictureTimes, pictureTick };
}
