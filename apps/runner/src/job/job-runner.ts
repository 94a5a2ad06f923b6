import { Injectable, Logger } from '@nestjs/common';
import { JobFailure, jobIdOfFile, parseJobSpec, type JobResult } from '@app/jobspec';
import { printable } from '../platform/printable.ts';
import { errorMessage } from '../platform/system-error.ts';
import { ResultDraft, type JobOrigin } from '../results/result-draft.ts';
import { ValidationService } from '../validation/validation.service.ts';
import type { ClipRecord } from './clip-journal.ts';
import { interrupted, makeClip } from './clip-maker.ts';

/** One JobSpec on its way through the runner. */
export interface JobInput {
  origin: JobOrigin;
  bytes: Uint8Array;
  journal: ClipRecord;
  /** Ends the job as interrupted. */
  signal: AbortSignal;
  /** Told the job id, then each clip as it starts. */
  onProgress?: (progress: JobProgress) => void;
}

export interface JobProgress {
  jobId: string;
  totalClips: number;
  /** Counted from 1; `null` while the job is validated. */
  clip: number | null;
  sourcePath: string | null;
}

export interface FinishedJob {
  result: JobResult;
  failure: JobFailure | null;
}

/** Takes one JobSpec from its bytes to a result. It knows no folders and moves no files. */
@Injectable()
export class JobRunner {
  readonly #logger = new Logger('Job');

  constructor(private readonly validation: ValidationService) {}

  /** Always ends with a result; whatever goes wrong is in it. */
  async run(input: JobInput): Promise<FinishedJob> {
    const draft = new ResultDraft(input.origin);
    draft.jobId = jobIdOfFile(input.bytes);
    let failure: JobFailure | null = null;
    try {
      failure = await this.#work(input, draft);
    } catch (error) {
      failure = input.signal.aborted ? interrupted() : this.#explain(error, input.origin.name);
    }
    const result = draft.finish(failure);
    this.#report(input.origin.name, result);
    return { result, failure };
  }

  async #work(input: JobInput, draft: ResultDraft): Promise<JobFailure | null> {
    const jobSpec = parseJobSpec(input.bytes);
    draft.accept(jobSpec);
    const { jobId, totalClips } = draft;
    const progress = { jobId, totalClips };
    input.onProgress?.({ ...progress, clip: null, sourcePath: null });
    const job = await this.validation.validate(jobSpec, jobId, input.signal);
    draft.engine = job.engine.name;
    draft.routingReason = job.routingReason;
    draft.engineVersion = await job.engine.version();
    for (const [index, clip] of job.clips.entries()) {
      input.onProgress?.({ ...progress, clip: index + 1, sourcePath: clip.sourcePath });
      if (input.signal.aborted) return interrupted();
      const context = { job, jobSha256: input.origin.sha256, index, ...input };
      const made = await makeClip(clip, context);
      draft.clips.push(made.result);
      if (made.failure !== null) return made.failure;
    }
    return null;
  }

  #explain(error: unknown, name: string): JobFailure {
    if (error instanceof JobFailure) return error;
    this.#logger.error(
      `Defect while running ${printable(name)}`,
      error instanceof Error ? error.stack : error,
    );
    return new JobFailure('InternalError', `Internal error: ${errorMessage(error)}`, {
      cause: error,
    });
  }

  #report(name: string, result: JobResult) {
    const clips = `${result.completed_clips} of ${result.total_clips} clips`;
    const summary = `${printable(name)} ${result.final_status} after ${result.duration_seconds} s (${clips})`;
    if (result.failure_reason === null) this.#logger.log(summary);
    else
      this.#logger.warn(`${summary}: ${result.failure_type}: ${printable(result.failure_reason)}`);
  }
}
