import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import {
  JobFailure,
  parseJobSpec,
  type ClipResult,
  type JobResult,
  type ResultHead,
} from '@app/jobspec';
import type { ClipProgress } from '@app/engines';
import { RunnerSettings } from '../config/settings.ts';
import { type ClipFacts, type JobFacts } from '../logging/events.ts';
import { endedJob, report } from '../logging/runner-logger.ts';
import { type JobOrigin, ResultDraft } from './result-draft.ts';
import { type ValidatedJob } from '../validation/prepare-clips.ts';
import { ValidationService } from '../validation/validation.service.ts';
import { errorMessage } from '@app/storage';
import type { ClipRecord } from './clip-journal.ts';
import { interrupted, type EngineContext, type Scratch } from './engine-run.ts';
import { makeClip } from './clip-maker.ts';

/** One JobSpec on its way through the runner. */
export interface JobInput {
  origin: JobOrigin;
  journal: ClipRecord;
  /** Folder for thumbnails of its proxies; `null` for none. */
  thumbnailsFolder: string | null;
  /** Directory for files that are needed only for checks, if no setting names one; `null` for none. */
  scratchDirectory: string | null;
  /** Aborts the job as interrupted. */
  signal: AbortSignal;
  /** Called with the reason why a clip waits for space, and with `null` when the wait is over. Without it, clips don't wait. */
  onWait?: EngineContext['onWait'];
  /** Called when the JobSpec is parsed, when each clip starts, and for each report of its encoder. */
  onProgress?: (progress: JobProgress) => void;
}

export interface JobProgress {
  jobId: string;
  totalClips: number;
  /** Number of the clip, from 1; `null` during validation. */
  clip: number | null;
  sourcePath: string | null;
  /** Progress of the encoder; absent before its first report. */
  encoded?: ClipProgress;
}

interface FinishedJob {
  result: JobResult;
  failure: JobFailure | null;
}

/** Observer of ended clips and jobs. Must neither throw nor block. */
export interface JobObserver {
  /** @param sourceSeconds duration of the source; `null` if unknown. */
  clipEnded(clip: ClipResult, sourceSeconds: number | null): void;
  /** Includes jobs that recovery ends; those that it ends as interrupted have no worker. */
  jobEnded(job: ResultHead): void;
}

/** Observers of ended clips and jobs; none unless metrics are served. */
@Injectable()
export class JobObservers implements JobObserver {
  readonly #observers: Partial<JobObserver>[] = [];

  add(observer: Partial<JobObserver>): void {
    this.#observers.push(observer);
  }

  clipEnded(clip: ClipResult, sourceSeconds: number | null): void {
    for (const observer of this.#observers) observer.clipEnded?.(clip, sourceSeconds);
  }

  jobEnded(job: ResultHead): void {
    for (const observer of this.#observers) observer.jobEnded?.(job);
  }
}

/** Turns one JobSpec into a result. Knows no watch folder and moves no files. */
@Injectable()
export class JobRunner {
  constructor(
    private readonly validation: ValidationService,
    private readonly observers: JobObservers,
    private readonly settings: RunnerSettings,
  ) {}

  /** Always returns a result; any failure is in it. */
  async run(input: JobInput): Promise<FinishedJob> {
    const draft = new ResultDraft(input.origin);
    let failure: JobFailure | null = null;
    try {
      failure = await this.#work(input, draft);
    } catch (error) {
      failure = input.signal.aborted ? interrupted() : explain(error, factsOf(input, draft));
    }
    const result = draft.finish(failure);
    reportEnd(input.origin.name, result);
    return { result, failure };
  }

  async #work(input: JobInput, draft: ResultDraft): Promise<JobFailure | null> {
    const jobSpec = parseJobSpec(input.origin.reading);
    draft.accept(jobSpec);
    input.onProgress?.({ ...totals(draft), clip: null, sourcePath: null });
    const job = await this.validation.validate(jobSpec, draft.jobId, input.signal);
    draft.engine = job.engine.name;
    draft.routingReason = job.routingReason;
    report('job_routed', {
      ...factsOf(input, draft),
      execution_engine: draft.engine,
      reason: draft.routingReason,
    });
    draft.engineVersion = await job.engine.version(input.signal);
    return this.#makeClips(job, input, draft);
  }

  async #makeClips(job: ValidatedJob, input: JobInput, draft: ResultDraft) {
    for (const [index, clip] of job.clips.entries()) {
      const { sourceName: sourcePath } = clip;
      const number = index + 1;
      input.onProgress?.({ ...totals(draft), clip: number, sourcePath });
      if (input.signal.aborted) return interrupted();
      const total_clips = draft.totalClips;
      const facts = {
        ...factsOf(input, draft),
        clip: number,
        total_clips,
        source_path: sourcePath,
      };
      report('clip_started', facts);
      const onClipProgress = (encoded: ClipProgress) =>
        input.onProgress?.({ ...totals(draft), clip: number, sourcePath, encoded });
      const context = {
        job,
        scratch: this.#scratchOf(input),
        jobSha256: input.origin.reading.sha256,
        index,
        ...input,
        onClipProgress,
      };
      const made = await makeClip(clip, context);
      reportClip(facts, made.result);
      this.observers.clipEnded(made.result, clip.media?.durationSeconds ?? null);
      draft.clips.push(made.result);
      if (made.failure !== null) return made.failure;
    }
    return null;
  }

  /** Scratch of one clip, under a unique name: runners may share the directory, and the leftovers of a killed one must be recognised. */
  #scratchOf({ scratchDirectory }: JobInput): Scratch {
    const asked = this.settings.scratchDirectory;
    const directory = asked ?? scratchDirectory;
    const folder = directory && join(directory, `.wfr-${randomUUID()}`);
    return { folder, isConfigured: asked !== null };
  }
}

function totals({ jobId, totalClips }: ResultDraft) {
  return { jobId, totalClips };
}

function factsOf({ origin }: JobInput, { jobId }: ResultDraft): JobFacts {
  return { job: origin.name, job_id: jobId, worker_id: origin.workerId };
}

/** Logs how a clip ended. */
function reportClip(facts: ClipFacts, result: ClipResult): void {
  const { output_size_bytes, duration_seconds, failure_type, failure_reason } = result;
  for (const warning of result.warnings) report('clip_warning', { ...facts, warning });
  const output_path = result.resolved_output_path;
  const ended = { ...facts, output_path, output_size_bytes, duration_seconds };
  if (result.status === 'COMPLETED') report('clip_completed', ended);
  else report('clip_failed', { ...ended, failure_type, failure_reason });
}

/** Logs how a job ended. */
function reportEnd(name: string, result: JobResult): void {
  report(result.final_status === 'COMPLETED' ? 'job_completed' : 'job_failed', {
    ...endedJob(name, result),
    final_status: result.final_status,
    execution_engine: result.execution_engine,
    failure_type: result.failure_type,
    failure_reason: result.failure_reason,
    total_clips: result.total_clips,
    completed_clips: result.completed_clips,
    duration_seconds: result.duration_seconds,
  });
}

/** Failure of a job. Any error but a JobFailure is a defect and is logged. */
export function explain(error: unknown, job: JobFacts): JobFailure {
  if (error instanceof JobFailure) return error;
  reportDefect(job, error);
  return new JobFailure('internal', { error: errorMessage(error) }, { cause: error });
}

function reportDefect(job: JobFacts, error: unknown) {
  const stack = error instanceof Error && error.stack ? error.stack : errorMessage(error);
  report('job_defect', { ...job, stack });
}
