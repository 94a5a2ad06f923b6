import type { JobState } from '@app/jobspec/folder';
import type { EngineName, FailureType, FinalStatus } from '@app/jobspec/result';

/** Facts of a job without a readable result or JobSpec. */
export const NO_RESULT = {
  job_id: null as string | null,
  final_status: null as FinalStatus | null,
  execution_engine: null as EngineName | null,
  failure_type: null as FailureType | null,
  failure_reason: null as string | null,
  total_clips: null as number | null,
  completed_clips: null as number | null,
  /** Sum over all outputs. */
  output_size_bytes: null as number | null,
  duration_seconds: null as number | null,
  worker_id: null as number | null,
  started_at: null as string | null,
  completed_at: null as string | null,
  /** Sentence: why a file of this job couldn't be read. */
  problem: null as string | null,
  /** Requested proxy format, `prores_proxy mov`; `null` if unknown. */
  kind: null as string | null,
};
type ResultFacts = typeof NO_RESULT;
export const JOB_FACTS = Object.keys(NO_RESULT) as (keyof ResultFacts)[];

/** Columns of a job in the index, other than its place. */
export interface JobFacts extends ResultFacts {
  /** Key shared by failures with the same remedy. */
  cause: string | null;
  /** End of the job, or modification time of its file if it has none; Unix milliseconds. */
  when: number;
}

/** Job, as shown in lists. */
export interface JobRow extends Omit<JobFacts, 'cause'> {
  /** Row id in the index; changes when the index is rebuilt. */
  id: number;
  folder: string;
  state: JobState;
  /** File name of the job, `x.json`. */
  name: string;
  hasJob: boolean;
  hasResult: boolean;
  /** Clips of a failed job that still need attention; `null` for other jobs and if its clips are unknown. */
  clips_open: number | null;
}

/** Job in a URL. */
export interface JobReference {
  folder: string;
  state: string;
  name: string;
}

/** Characters kept of a job's reason; the result has all of it. */
export const REASON_LIMIT = 2000;
