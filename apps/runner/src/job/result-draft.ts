import { hostname } from 'node:os';
import { basename } from 'node:path';
import { performance } from 'node:perf_hooks';
import {
  boundedReason,
  failureStatusOf,
  NO_FACTS,
  type Cause,
  type ClipPicture,
  type ClipResult,
  type EngineName,
  type FinalStatus,
  type JobFailure,
  type JobReading,
  type JobResult,
  type JobSpec,
  timestamp,
} from '@app/jobspec';
import type { ClipOutcome } from '@app/engines';
import { RUNNER_VERSION } from '@app/storage';
import type { ValidatedClip, ValidatedJob } from '../validation/prepare-clips.ts';

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

interface TimeSpan {
  started_at: string;
  completed_at: string;
  /** Seconds, to the millisecond. */
  duration_seconds: number;
}

/** Measures a time span. Its end is its start plus the monotonic time since, so a clock change can't make the span negative. */
export class Stopwatch {
  readonly #started = new Date();
  readonly #origin = performance.now();

  get startedAt(): string {
    return timestamp(this.#started);
  }

  /** The span from the start until now. */
  read(): TimeSpan {
    const elapsed = Math.round(performance.now() - this.#origin);
    return {
      started_at: this.startedAt,
      completed_at: timestamp(new Date(this.#started.getTime() + elapsed)),
      duration_seconds: elapsed / 1000,
    };
  }
}

/** Ending of a clip: published, with size and hash of the proxy, or failed, with the path of the incomplete file if it was kept. */
type ClipEnding = { bytes: number; xxh64: string } | FailedEnding;

interface FailedEnding {
  failure: JobFailure;
  partial: string | null;
}

/** Combines the facts of a clip from the job, the engine and the file system. */
export function clipResult(
  clip: ValidatedClip,
  job: ValidatedJob,
  outcome: ClipOutcome & { pictures: ClipPicture[] },
  time: TimeSpan,
  ending: ClipEnding,
): ClipResult {
  const failed = 'failure' in ending ? ending : null;
  return {
    source_path: clip.sourceName,
    resolved_output_path: clip.outputPath,
    status: failed ? 'FAILED' : 'COMPLETED',
    engine: job.engine.name,
    exit_code: outcome.exit_code,
    output_exists: !failed,
    output_size_bytes: 'bytes' in ending ? ending.bytes : null,
    ...engineFields(outcome, failed !== null),
    ...failureFields(outcome, failed),
    warnings: outcome.warnings,
    verification: outcome.verification,
    pictures: outcome.pictures,
    output_xxh64: 'xxh64' in ending ? ending.xxh64 : null,
    facts: {
      requested: clip.requested,
      ...(outcome.facts ?? NO_FACTS),
      cause: failed?.failure.facts ?? null,
    },
    attempts: outcome.attempts,
    ...time,
  };
}

/** Fields that clips of every engine have. */
type Common =
  | 'attempts'
  | 'exit_code'
  | 'facts'
  | 'failure'
  | 'stderr'
  | 'thumbnails'
  | 'verification'
  | 'warnings';

/** Fields that only some engines, or some of their clips, have. */
function engineFields(outcome: Omit<ClipOutcome, Common>, hasFailed: boolean): Partial<ClipResult> {
  const { ffmpeg_command, executed_command, prores_quantiser, resolve_job, ...forgotten } = outcome;
  forgotten satisfies Record<string, never>;
  return {
    ...(ffmpeg_command && { ffmpeg_command }),
    ...(hasFailed && executed_command && { executed_command }),
    ...(prores_quantiser && { prores_quantiser }),
    ...(resolve_job && { resolve_job }),
  };
}

function failureFields({ stderr }: ClipOutcome, failed: FailedEnding | null) {
  if (failed === null)
    return { failure_type: null, failure_reason: null, stderr: null, partial_output_path: null };
  const { type, message } = failed.failure;
  return {
    failure_type: type,
    failure_reason: message,
    stderr,
    partial_output_path: failed.partial,
  };
}

/** Text of a result file, clip by clip, so that the text of thousands of clips is never in memory as a whole. */
export function* resultText(result: JobResult): Generator<string> {
  const [before, after] = text({ ...result, clips: [] }).split(NO_CLIPS);
  yield `${before}"clips": [`;
  for (const [index, clip] of result.clips.entries())
    yield `${index === 0 ? '' : ','}\n    ${text(clip).replaceAll('\n', '\n    ')}`;
  yield `${result.clips.length === 0 ? '' : '\n  '}]${after}\n`;
}

/** Empty list of clips in a result's text. Can't match inside a string, because JSON strings contain no line breaks. */
const NO_CLIPS = /(?<=\n {2})"clips": \[\](?=,?\n)/;

function text(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
