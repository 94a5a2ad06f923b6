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
  /** Nobody can tell whether their proxies are there; not open. */
  clips_not_known: number | null;
  /** A job that leaves it unclear, `folder/state/name`. */
  not_known_by: string | null;
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
  'clips_not_known',
  'not_known_by',
] as const satisfies readonly (keyof ApiJob)[];

const NO_OUTCOME = {
  unmade: null,
  open: null,
  since: null,
  before: null,
  by: null,
  retried: null,
  retries: [],
  unclear: null,
  unclearBy: null,
};

export function apiJob(row: JobRow): ApiJob {
  const facts = Object.fromEntries(API_JOB_KEYS.map((key) => [key, row[key]])) as ApiJob;
  const outcome = row.outcome ?? NO_OUTCOME;
  return {
    ...facts,
    clips_unmade: outcome.unmade,
    clips_open: outcome.open,
    clips_made_since: outcome.since,
    clips_made_before: outcome.before,
    made_by: addressOf(outcome.by),
    clips_retried: outcome.retried,
    retried_by: addressOf(outcome.retries[0] ?? null),
    clips_not_known: outcome.unclear,
    not_known_by: addressOf(outcome.unclearBy),
  };
}

function addressOf(job: JobReference | null): string | null {
  return job === null ? null : `${job.folder}/${job.state}/${job.name}`;
}
