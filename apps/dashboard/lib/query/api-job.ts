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
  /** Clips that a failed job did not make; `null` of other jobs. */
  clips_unmade: number | null;
  clips_open: number | null;
  clips_made_since: number | null;
  clips_made_before: number | null;
  /** A job that made them, `folder/state/name`. */
  made_by: string | null;
  /** Of those that are open: a job that waits or runs asks for them. */
  clips_retried: number | null;
  /** Such a job, `folder/state/name`. */
  retried_by: string | null;
};

/** In the order of the exports. */
export const JOB_COLUMNS = [
  ...API_JOB_KEYS,
  'clips_unmade',
  'clips_open',
  'clips_made_since',
  'clips_made_before',
  'made_by',
  'clips_retried',
  'retried_by',
] as const satisfies readonly (keyof ApiJob)[];

export function apiJob(row: JobRow): ApiJob {
  const facts = Object.fromEntries(API_JOB_KEYS.map((key) => [key, row[key]])) as ApiJob;
  const { by = null, retry = null } = row.outcome ?? {};
  return {
    ...facts,
    clips_unmade: row.outcome?.unmade ?? null,
    clips_open: row.outcome?.open ?? null,
    clips_made_since: row.outcome?.since ?? null,
    clips_made_before: row.outcome?.before ?? null,
    made_by: addressOf(by),
    clips_retried: row.outcome?.retried ?? null,
    retried_by: addressOf(retry),
  };
}

function addressOf(job: JobReference | null): string | null {
  return job === null ? null : `${job.folder}/${job.state}/${job.name}`;
}
