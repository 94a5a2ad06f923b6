import type { EngineName, FailureType, FinalStatus } from '@app/jobspec';

/** On every line about a job; `null` what isn't known yet. */
export interface JobFacts {
  /** File name of the JobSpec. */
  job: string;
  job_id: string | null;
  worker_id: number | null;
}

/** On every line about a clip; it is counted from 1. */
export interface ClipFacts extends JobFacts {
  clip: number;
  total_clips: number;
  source_path: string;
}

/** How a job ended, as its result has it. */
export interface EndFacts extends JobFacts {
  final_status: FinalStatus;
  execution_engine: EngineName | null;
  failure_type: FailureType | null;
  failure_reason: string | null;
  total_clips: number;
  completed_clips: number;
  duration_seconds: number;
}

/** Why, in a sentence or a part of one. */
export type Reason = { reason: string };
export type FailedFacts = { failure_type: FailureType | null; failure_reason: string | null };

/** One word of the vocabulary. */
export interface LogEvent<Fields> {
  level: 'error' | 'warn' | 'log' | 'debug';
  /** Which part of the runner speaks. */
  context: string;
  /** The line for people; the fields are what programs read. */
  say: (fields: Fields) => string;
}

export function event<Fields>(
  level: LogEvent<Fields>['level'],
  context: string,
  say: (fields: Fields) => string,
): LogEvent<Fields> {
  return { level, context, say };
}
