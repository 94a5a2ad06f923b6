import { JOB_STATES } from '@app/jobspec/folder';
import { ENGINES, FAILURE_TYPES, FINAL_STATUSES } from '@app/jobspec/result';
import { Type, type Static } from 'typebox';
import { type Given, INSTANT, orNull, shaped } from './api-schema.ts';
import { REASON_LIMIT, type JobRow } from '../jobs/job-row.ts';

/** A job as the API and the exports give it. */
export const API_JOB = Type.Object({
  folder: Type.String(),
  state: Type.Enum(JOB_STATES),
  name: Type.String(),
  job_id: orNull(Type.String()),
  final_status: orNull(Type.Enum(FINAL_STATUSES)),
  execution_engine: orNull(Type.Enum(ENGINES)),
  failure_type: orNull(Type.Enum(FAILURE_TYPES)),
  failure_reason: orNull(
    Type.String(),
    `At most ${REASON_LIMIT} characters; the result of the job has it whole.`,
  ),
  total_clips: orNull(Type.Integer()),
  completed_clips: orNull(Type.Integer()),
  output_size_bytes: orNull(Type.Integer()),
  duration_seconds: orNull(Type.Number()),
  worker_id: orNull(Type.Integer()),
  started_at: orNull(INSTANT),
  completed_at: orNull(INSTANT),
  clips_unmade: orNull(
    Type.Integer(),
    'Clips that a failed job did not make, or of which nobody can tell, because its result can not be read; null of other jobs, and where its JobSpec does not tell.',
  ),
  clips_open: orNull(Type.Integer(), 'Of these: it is known that no proxy is there now.'),
  made_by: orNull(Type.String(), 'folder/state/name of a job that made others of them.'),
});
export type ApiJob = Static<typeof API_JOB>;

type LeftOut = 'id' | 'clip' | 'problem' | 'kind' | 'when' | 'hasJob' | 'hasResult' | 'outcome';

export function apiJob(row: Given<JobRow, ApiJob, LeftOut>): ApiJob {
  const { missing = null, open = null, by = null } = row.outcome ?? {};
  const made_by = by === null ? null : `${by.folder}/${by.state}/${by.name}`;
  return shaped(API_JOB, { ...row, clips_unmade: missing, clips_open: open, made_by });
}
