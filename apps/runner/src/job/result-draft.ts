import { hostname } from 'node:os';
import { basename } from 'node:path';
import {
  boundedReason,
  failureStatusOf,
  type Cause,
  type ClipResult,
  type EngineName,
  type FinalStatus,
  type JobFailure,
  type JobReading,
  type JobResult,
  type JobSpec,
} from '@app/jobspec';
import { RUNNER_VERSION } from '@app/storage';
import { Stopwatch } from './stopwatch.ts';

/** Origin and worker of a job. */
export interface JobOrigin {
  /** File name of the JobSpec. */
  name: string;
  path: string;
  reading: JobReading;
  workerId: number | null;
}

/** Collects the facts of a job while it runs; can produce its result at any time. */
export class ResultDraft {
  readonly clips: ClipResult[] = [];
  engine: EngineName | null = null;
  engineVersion: string | null = null;
  routingReason: string | null = null;
  #jobSpec: JobSpec | null = null;
  readonly #origin: JobOrigin;
  readonly #stopwatch = new Stopwatch();

  constructor(origin: JobOrigin) {
    this.#origin = origin;
  }

  get jobId(): string {
    return this.#origin.reading.jobId;
  }

  get startedAt(): string {
    return this.#stopwatch.startedAt;
  }

  /** Adds the JobSpec, once it is valid. */
  accept(jobSpec: JobSpec): void {
    this.#jobSpec = jobSpec;
  }

  get totalClips(): number {
    return this.#jobSpec?.sources.length ?? 0;
  }

  /** Result of the job. @param failure ended the job; `null` for success. */
  finish(failure: JobFailure | null): JobResult {
    const completed = this.clips.filter((clip) => clip.status === 'COMPLETED').length;
    return {
      job_id: this.jobId,
      final_status: this.#finalStatus(failure),
      execution_engine: this.engine,
      failure_type: failure?.type ?? null,
      failure_reason: failure === null ? null : this.#reasonOf(failure),
      violations: [...(failure?.violations ?? [])],
      cause: this.#causeOf(failure),
      clips: this.clips,
      total_clips: this.totalClips,
      completed_clips: completed,
      failed_clips: this.clips.length - completed,
      ...this.#stopwatch.read(),
      _metadata: this.#metadata(),
    };
  }

  /** Reason of the failure; if the job has several clips, with the name of the failed one. */
  #reasonOf({ message }: JobFailure): string {
    const failed = this.clips.find(({ status }) => status === 'FAILED');
    if (failed === undefined || this.totalClips === 1) return message;
    const place = `clip ${this.clips.length} of ${this.totalClips}`;
    return boundedReason(`${basename(failed.source_path)} (${place}): ${message}`);
  }

  /**
   * Cause of the failure. `source_index` is that of the failed clip, if there is one. A job isn't retryable once a proxy exists, because
   * the same JobSpec would then be refused.
   */
  #causeOf(failure: JobFailure | null): Cause | null {
    if (failure === null) return null;
    const failedAt = this.clips.findIndex(({ status }) => status === 'FAILED');
    const isNoneMade = this.clips.every(({ status }) => status !== 'COMPLETED');
    return {
      ...failure.facts,
      ...(failedAt >= 0 && { source_index: failedAt }),
      retryable: isNoneMade && failure.facts.retryable === true,
    };
  }

  #requested(): Pick<JobResult['_metadata'], 'asked'> {
    if (this.#jobSpec === null) return {};
    const { codec, container, resolution, viewing } = this.#jobSpec;
    return { asked: { codec, container, resolution, ...(viewing && { viewing }) } };
  }

  /** Final status. Once a clip has ended, every failure counts as `FAILED`, even one that would otherwise reject the JobSpec. */
  #finalStatus(failure: JobFailure | null): FinalStatus {
    if (failure === null) return 'COMPLETED';
    return this.clips.length > 0 ? 'FAILED' : failureStatusOf(failure.type);
  }

  #metadata(): JobResult['_metadata'] {
    const { name, path, reading, workerId } = this.#origin;
    return {
      jobspec_version: this.#jobSpec?.jobspec_version ?? null,
      jobspec_path: path,
      jobspec_sha256: reading.sha256,
      archived_as: name,
      result_written_at: this.startedAt,
      worker_id: workerId,
      worker_started_at: workerId === null ? null : this.startedAt,
      engine_routing_reason: this.routingReason,
      runner_version: RUNNER_VERSION,
      engine_version: this.engineVersion,
      hostname: hostname(),
      ...this.#requested(),
      ...(reading.mapped && { mapped: reading.mapped }),
    };
  }
}
