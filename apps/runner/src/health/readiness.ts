import { Injectable, ServiceUnavailableException } from '@nestjs/common';
import {
  HealthCheckService,
  HealthIndicatorService,
  type HealthCheckResult,
  type HealthIndicatorResult,
} from '@nestjs/terminus';
import { silentAfterSeconds } from '@app/jobspec/folder';
import { RunnerSettings } from '../config/settings.ts';
import { ffmpegVersion, requireTool } from '../probe/index.ts';
import { errorMessage } from '../files/index.ts';
import { ClaimGate } from '../watch/claim/index.ts';
import { Scanner } from '../watch/scan/index.ts';

/** Whether jobs that are dropped now will be taken: folder, scans, FFmpeg and pauses. */
@Injectable()
export class Readiness {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly scanner: Scanner,
    private readonly gate: ClaimGate,
    private readonly settings: RunnerSettings,
  ) {}

  /** Looks at everything; `isReady` is false as well while the runner stops. */
  async check(): Promise<{ isReady: boolean; report: HealthCheckResult | object }> {
    try {
      const report = await this.health.check([
        () => this.#say('folder', this.#folderProblem()),
        () => this.#say('scan', this.#scanProblem()),
        async () => this.#say('ffmpeg', await ffmpegProblem()),
        () => this.#claims(),
      ]);
      return { isReady: true, report };
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      return { isReady: false, report: error.getResponse() as object };
    }
  }

  #say(part: string, problem: string | null): HealthIndicatorResult {
    const indicator = this.indicators.check(part);
    return problem === null ? indicator.up() : indicator.down(problem);
  }

  /** Jobs that wait for something of their own are no reason to drop none here; they are named all the same. */
  #claims(): HealthIndicatorResult {
    const { paused, held } = this.gate;
    if (paused !== null || held === null) return this.#say('claims', paused);
    return this.indicators.check('claims').up({ held });
  }

  #folderProblem(): string | null {
    const scan = this.scanner.latest;
    return scan === null ? 'the folder has not been scanned yet' : scan.problem;
  }

  #scanProblem(): string | null {
    const scan = this.scanner.latest;
    if (scan === null) return 'there was no scan yet';
    const age = (performance.now() - scan.endedAtMonotonic) / 1000;
    return age <= silentAfterSeconds(this.settings.pollSeconds)
      ? null
      : `the last scan was ${Math.round(age)} s ago`;
  }
}

async function ffmpegProblem(): Promise<string | null> {
  return Promise.all([ffmpegVersion(), requireTool('ffprobe')]).then(() => null, errorMessage);
}
