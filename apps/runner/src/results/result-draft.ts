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
import { RUNNER_VERSION } from '../config/version.ts';
import { Stopwatch } from './stopwatch.ts';

/** Where a job comes from and who works on it. */
export interface JobOrigin {
  /** File name of the JobSpec. */
  name: string;
  path: string;
  reading: JobReading;
  workerId: number | null;
}

/** Gathers what becomes known of a job while it runs, and says at any moment how it would end. */
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

  /** The JobSpec has been found valid. */
  accept(jobSpec: JobSpec): void {
    this.#jobSpec = jobSpec;
  }

  get totalClips(): number {
    return this.#jobSpec?.sources.length ?? 0;
  }

  /** The result, given what ended the job; `null` for success. */
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

  /** Of several clips it names the one that failed: a job of one is called after it. */
  #reasonOf({ message }: JobFailure): string {
    const failed = this.clips.find(({ status }) => status === 'FAILED');
    if (failed === undefined || this.totalClips === 1) return message;
    const place = `clip ${this.clips.length} of ${this.totalClips}`;
    return boundedReason(`${basename(failed.source_path)} (${place}): ${message}`);
  }

  /**
   * In a job that came to clips, the source is that of the one that failed. The same JobSpec isn't run again once a proxy of it is there: it
   * would be refused.
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

  #asked(): Pick<JobResult['_metadata'], 'asked'> {
    if (this.#jobSpec === null) return {};
    const { codec, container, resolution, viewing } = this.#jobSpec;
    return { asked: { codec, container, resolution, ...(viewing && { viewing }) } };
  }

  /** A collision that appears once clips were started is a failure of the work, no longer of the JobSpec. */
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
      ...this.#asked(),
      ...(reading.mapped && { mapped: reading.mapped }),
    };
  }
}
