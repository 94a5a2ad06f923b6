import type { JobState } from '@app/jobspec/folder';
import type { EngineName, FailureType, FinalStatus } from '@app/jobspec/result';

/** One job as lists show it. */
export interface JobRow {
  /** In the index; another one after it was rebuilt. */
  id: number;
  folder: string;
  state: JobState;
  /** File name of the job, `x.json`. */
  name: string;
  job_id: string | null;
  final_status: FinalStatus | null;
  execution_engine: EngineName | null;
  failure_type: FailureType | null;
  failure_reason: string | null;
  total_clips: number | null;
  completed_clips: number | null;
  /** Of all outputs together. */
  output_size_bytes: number | null;
  duration_seconds: number | null;
  worker_id: number | null;
  started_at: string | null;
  completed_at: string | null;
  /** Why a file of this job could not be read, in a sentence. */
  problem: string | null;
  /** Which proxies it asks for, `prores_proxy mov`; `null` when its files don't tell. */
  kind: string | null;
  /** When the job ended, or for one that has not (or whose result can't be read) when its file was written; milliseconds. */
  when: number;
  /** Which of its files are there. */
  hasJob: boolean;
  hasResult: boolean;
  /** Clips that a failed job left and that somebody is needed for now; `null` of other jobs, and where its clips aren't known. */
  clips_open: number | null;
}

/** What an address says of a job. */
export interface JobReference {
  folder: string;
  state: string;
  name: string;
}

/** Characters of a reason that the index keeps; the page of the job has it whole. */
export const REASON_LIMIT = 2000;
