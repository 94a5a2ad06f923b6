import { Injectable } from '@nestjs/common';
import { silentAfterSeconds } from '@app/jobspec/folder';
import { RunnerSettings } from '../config/settings.ts';
import { ffmpegVersion, requireTool } from '../ffmpeg/ffmpeg-tools.ts';
import { errorMessage } from '@app/storage';
import { ClaimGate } from '../watch/claim-gate.ts';
import { JobLoop } from '../watch/job-loop.ts';

/** State of a part of the runner. */
type Part = { status: 'up'; held?: string } | { status: 'down'; message: string };

/** Readiness to take jobs: folder, scans, FFmpeg and pauses. */
@Injectable()
export class Readiness {
  constructor(
    private readonly loop: JobLoop,
    private readonly gate: ClaimGate,
    private readonly settings: RunnerSettings,
  ) {}

  /** Checks everything. `isReady` is also false while the runner is stopping. */
  async check(): Promise<{ isReady: boolean; report: object }> {
    const details: Record<string, Part> = {
      folder: part(this.#folderProblem()),
      scan: part(this.#scanProblem()),
      ffmpeg: part(await ffmpegProblem()),
      claims: this.#claims(),
    };
    const those = (status: Part['status']) =>
      Object.fromEntries(Object.entries(details).filter(([, one]) => one.status === status));
    const error = those('down');
    const isReady = Object.keys(error).length === 0;
    const report = { status: isReady ? 'ok' : 'error', info: those('up'), error, details };
    return { isReady, report };
  }

  /** State of claims. Held jobs are reported but don't make the runner unready, because other jobs are still claimed. */
  #claims(): Part {
    const { paused, held } = this.gate;
    const problem = this.loop.isStopped ? 'the runner is stopping' : paused;
    return problem === null && held !== null ? { status: 'up', held } : part(problem);
  }

  #folderProblem(): string | null {
    const scan = this.loop.latest;
    return scan === null ? 'the folder has not been scanned yet' : scan.problem;
  }

  #scanProblem(): string | null {
    const scan = this.loop.latest;
    if (scan === null) return 'there was no scan yet';
    const age = (performance.now() - scan.endedAtMonotonic) / 1000;
    return age <= silentAfterSeconds(this.settings.pollSeconds)
      ? null
      : `the last scan was ${Math.round(age)} s ago`;
  }
}

function part(problem: string | null): Part {
  return problem === null ? { status: 'up' } : { status: 'down', message: problem };
}

async function ffmpegProblem(): Promise<string | null> {
  return Promise.all([ffmpegVersion(), requireTool('ffprobe')]).then(() => null, errorMessage);
}
