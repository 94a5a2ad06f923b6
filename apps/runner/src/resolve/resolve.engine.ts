import { Injectable } from '@nestjs/common';
import { JobFailure, type Violation } from '@app/jobspec';
import type { ClipOutcome, Engine } from '@app/engines';

/** Takes the jobs with camera RAW. This version has no link to DaVinci Resolve, and says so instead of falling back. */
@Injectable()
export class ResolveEngine implements Engine {
  readonly name = 'resolve';

  async version(): Promise<string> {
    throw unavailable();
  }

  violations(): Violation[] {
    return [];
  }

  async makeProxy(): Promise<ClipOutcome> {
    throw unavailable();
  }
}

function unavailable(): JobFailure {
  return new JobFailure(
    'EngineUnavailableError',
    'Resolve is required for this media but is not available: this version of the runner cannot drive DaVinci ' +
      'Resolve. Transcode the RAW files to an intermediate codec in Resolve and submit those.',
  );
}
