import type { JobReference, JobRow } from '../jobs/job-row.ts';

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

export type ApiJob = Pick<JobRow, (typeof API_JOB_KEYS)[number]> & {
  /** Clips that a failed job did not make; `null` of other jobs, and where nobody knows which clips it asks for. */
  clips_unmade: number | null;
  /** Of these: no proxy is there now. */
  clips_open: number | null;
  /** Of those that are open: another job waits or runs that asks for them. */
  clips_retried: number | null;
  /** A job that made some of these, `folder/state/name`. */
  made_by: string | null;
  /** A job that is to make some of these. */
  retried_by: string | null;
};

/** In the order of the exports. */
export const JOB_COLUMNS = [
  ...API_JOB_KEYS,
  'clips_unmade',
  'clips_open',
  'clips_retried',
  'made_by',
  'retried_by',
] as const satisfies readonly (keyof ApiJob)[];

export function apiJob(row: JobRow): ApiJob {
  const facts = Object.fromEntries(API_JOB_KEYS.map((key) => [key, row[key]])) as ApiJob;
  const {
    missing = null,
    open = null,
    retried = null,
    by = null,
    retry = null,
  } = row.outcome ?? {};
  return {
    ...facts,
    clips_unmade: missing,
    clips_open: open,
    clips_retried: retried,
    made_by: addressOf(by),
    retried_by: addressOf(retry),
  };
}

function addressOf(job: JobReference | null): string | null {
  return job === null ? null : `${job.folder}/${job.state}/${job.name}`;
}
