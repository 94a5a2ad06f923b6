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

export type ApiJob = Pick<JobRow, (typeof API_JOB_KEYS)[number]> & {
  /** Clips that a failed job did not make; `null` of other jobs. */
  clips_unmade: number | null;
  clips_open: number | null;
  clips_made_since: number | null;
  clips_made_before: number | null;
  /** A job that made them, `folder/state/name`. */
  made_by: string | null;
};

/** In the order of the exports. */
export const JOB_COLUMNS = [
  ...API_JOB_KEYS,
  'clips_unmade',
  'clips_open',
  'clips_made_since',
  'clips_made_before',
  'made_by',
] as const satisfies readonly (keyof ApiJob)[];

export function apiJob(row: JobRow): ApiJob {
  const facts = Object.fromEntries(API_JOB_KEYS.map((key) => [key, row[key]])) as ApiJob;
  const by = row.outcome?.by ?? null;
  return {
    ...facts,
    clips_unmade: row.outcome?.unmade ?? null,
    clips_open: row.outcome?.open ?? null,
    clips_made_since: row.outcome?.since ?? null,
    clips_made_before: row.outcome?.before ?? null,
    made_by: by === null ? null : `${by.folder}/${by.state}/${by.name}`,
  };
}
