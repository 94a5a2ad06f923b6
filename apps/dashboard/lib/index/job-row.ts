import type { JobState } from '@app/jobspec/folder';
import type { EngineName, FailureType, FinalStatus } from '@app/jobspec/result';

/** Job, as shown in lists. */
export interface JobRow {
  /** Row id in the index; changes when the index is rebuilt. */
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
  /** Sum over all outputs. */
  output_size_bytes: number | null;
  duration_seconds: number | null;
  worker_id: number | null;
  started_at: string | null;
  completed_at: string | null;
  /** Sentence: why a file of this job couldn't be read. */
  problem: string | null;
  /** Requested proxy format, `prores_proxy mov`; `null` if unknown. */
  kind: string | null;
  /** End of the job, or modification time of its file if it has none; Unix milliseconds. */
  when: number;
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

/** Characters of a reason kept in the index; the job page reads the full text. */
export const REASON_LIMIT = 2000;
