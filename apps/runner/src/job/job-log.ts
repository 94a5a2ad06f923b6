import { JobFailure, type ClipResult, type JobResult } from '@app/jobspec';
import { type ClipFacts, endedJob, type JobFacts, report } from '../logging/index.ts';
import { errorMessage } from '../files/index.ts';

/** Logs how a clip ended. */
export function reportClip(facts: ClipFacts, result: ClipResult): void {
  const { output_size_bytes, duration_seconds, failure_type, failure_reason } = result;
  for (const warning of result.warnings) report('clip_warning', { ...facts, warning });
  const output_path = result.resolved_output_path;
  const ended = { ...facts, output_path, output_size_bytes, duration_seconds };
  if (result.status === 'COMPLETED') report('clip_completed', ended);
  else report('clip_failed', { ...ended, failure_type, failure_reason });
}

/** Logs how a job ended. */
export function reportEnd(name: string, result: JobResult): void {
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

/** Why a job failed; what only a defect of ours can have thrown is logged. */
export function explain(error: unknown, job: JobFacts): JobFailure {
  if (error instanceof JobFailure) return error;
  reportDefect(job, error);
  return new JobFailure('internal', { error: errorMessage(error) }, { cause: error });
}

function reportDefect(job: JobFacts, error: unknown) {
  const stack = error instanceof Error && error.stack ? error.stack : errorMessage(error);
  report('job_defect', { ...job, stack });
}
