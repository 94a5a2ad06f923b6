import type { JobRow } from '../jobs/job-row.ts';

/** A job as the API and the exports give it: these keys, in this order. */
export const API_JOB_KEYS = [
  'folder',
  'state',
  'name',
  'job_id',
  'final_status',
  'execution_engine',
  'failure_type',
  'failure_reason',
  'total_clips',
  'completed_clips',
  'output_size_bytes',
  'duration_seconds',
  'worker_id',
  'started_at',
  'completed_at',
] as const satisfies readonly (keyof JobRow)[];

export type ApiJob = Pick<JobRow, (typeof API_JOB_KEYS)[number]>;

export function apiJob(row: JobRow): ApiJob {
  return Object.fromEntries(API_JOB_KEYS.map((key) => [key, row[key]])) as ApiJob;
}
