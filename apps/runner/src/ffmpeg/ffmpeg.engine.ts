import { Injectable } from '@nestjs/common';
import {
  ffmpegArguments,
  isLargerThanSearch,
  paceWarnings,
  plannedFacts,
  planProxy,
  proxyCommand,
  quantised,
  type ClipOutcome,
  type ClipTask,
  type Engine,
  type MediaInfo,
  type Preparation,
  type ProxyRequest,
} from '@app/engines';
import { RunnerSettings } from '../config/settings.ts';
import { encode } from './encode.ts';
import { ffmpegVersion, takePosters } from '../probe/index.ts';
import { planBySound, planByTimes, type Attempt, type Planned } from './second-plan.ts';
import { countsOf } from './run-counts.ts';
import { ProxyInspector, type InspectedProxy } from './proxy-inspector.ts';
import { bySearch, tryQuantisers, type QuantiserTrial } from './prores-trial.ts';
import { SourceTap } from './source-tap.ts';

const TOO_LARGE =
  'With one quantiser the clip became larger than the search would make it, by the pictures that were tried.';

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

  prepare(request: ProxyRequest, source: MediaInfo | null): Preparation {
    if (source === null) throw new Error('a source that was not probed was routed to FFmpeg');
    const { plan, violations } = planProxy(request, source);
    if (violations) return { violations };
    return {
      makeProxy: async (task, signal) => {
        const { stallTimeoutSeconds: stallSeconds } = this.settings;
        const byTimes = (known: Planned, made: Attempt | null) =>
          planByTimes(request, known, made, task.sourcePath, { signal, stallSeconds });
        const planned = { plan, source };
        const made = (known: Planned) => this.#attemptBySound(request, known, task, signal);
        const first = await made((await byTimes(planned, null)) ?? planned);
        const measured = await byTimes(first.known, first.attempt);
        const last = measured === null ? first : await made(measured);
        return (await this.#noLarger(last, task, signal)).outcome;
      },
    };
  }

  /** One run, and one more where sound has changed on its way. */
  async #attemptBySound(
    request: ProxyRequest,
    known: Planned,
    task: ClipTask,
    signal: AbortSignal,
  ): Promise<{ known: Planned; attempt: Attempt }> {
    const attempt = await this.#attempt(known, task, signal);
    const steady = signal.aborted ? null : planBySound(request, known, attempt);
    if (steady === null) return { known, attempt };
    return { known: steady, attempt: await this.#attempt(steady, task, signal) };
  }

  /** The attempt, or one more by the encoder's search where a quantiser has made the clip too large. */
  async #noLarger(
    { known, attempt }: { known: Planned; attempt: Attempt },
    task: ClipTask,
    signal: AbortSignal,
  ): Promise<Attempt> {
    const { outcome, tried, pictureSizes } = attempt;
    if (signal.aborted || outcome.failure !== null) return attempt;
    if (!isLargerThanSearch(known.plan, tried, pictureSizes)) return attempt;
    return this.#attempt(known, task, signal, bySearch(TOO_LARGE));
  }

  /** @param chosen by what the pictures are quantised; without it, a trial chooses. */
  async #attempt(
    { plan: planned, source }: Planned,
    task: ClipTask,
    signal: AbortSignal,
    chosen?: QuantiserTrial,
  ): Promise<Attempt> {
    const { choice, tried } =
      chosen ?? (await tryQuantisers(planned, source, task.sourcePath, signal));
    const plan = choice?.quantiser ? quantised(planned, choice.quantiser) : planned;
    const tap = await SourceTap.open(task.scratchFolder, plan);
    try {
      const { sourcePath: input, stagingPath, stagedFile } = task;
      const args = ffmpegArguments(plan, { input, output: stagedFile, tap: tap.paths });
      const named = ffmpegArguments(plan, { input, output: stagingPath, tap: tap.names });
      const outcome: ClipOutcome = {
        exit_code: null,
        ffmpeg_command: proxyCommand(plan, { input, output: task.outputPath }),
        executed_command: ['ffmpeg', ...named],
        ...(choice && { prores_quantiser: choice }),
        stderr: null,
        warnings: [...plan.warnings],
        verification: [],
        failure: null,
        facts: plannedFacts(plan),
      };
      const { stallTimeoutSeconds: stallSeconds } = this.settings;
      const run = { task, source, plan, tap, stallSeconds };
      const { progress, changes } = await encode(outcome, args, run, signal);
      const ended = async ({
        verification,
        failure,
        posters,
        pictureSizes,
        ...seen
      }: InspectedProxy) => {
        const { frames, pictureTimes, droppedFrames } = progress;
        // Storage that hangs isn't asked again.
        const made = failure?.type === 'EngineStalledError' ? 0 : frames;
        const pictures = posters ?? (await takePosters(task, plan, made, signal, pictureTimes));
        const facts = seen.facts ?? outcome.facts ?? null;
        const whole = { ...outcome, verification, failure, facts, posters: pictures };
        return { outcome: whole, pictureTimes, pictureSizes, tried, droppedFrames, changes };
      };
      if (outcome.failure !== null) {
        const { verification, failure } = outcome;
        return await ended({ verification, failure, posters: null, pictureSizes: [] });
      }
      const counts = countsOf(progress, plan, source);
      outcome.warnings.push(...paceWarnings(plan, { ...counts, source: null }));
      const made = { source, plan, tap, pictures: progress.frames };
      return await ended(await this.inspector.inspect(task, made, counts, signal));
    } finally {
      await tap.close();
    }
  }
}
