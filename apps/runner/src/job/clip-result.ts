import { type ClipPicture, type ClipResult, type JobFailure, NO_FACTS } from '@app/jobspec';
import type { ClipOutcome } from '@app/engines';
import type { ValidatedClip, ValidatedJob } from '../validation/prepare-clips.ts';
import type { TimeSpan } from './stopwatch.ts';

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
