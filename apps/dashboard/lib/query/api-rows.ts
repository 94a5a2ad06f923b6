import type { ClipRow } from '../index/clip-row.ts';
import type { JobRow } from '../index/job-row.ts';

/** Columns of a job in the API and exports. `failure_reason` is cut to `REASON_LIMIT` when indexed; the result has it in full. */
export const JOB_COLUMNS = [
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
  'clips_open',
] as const;

export function apiJob(row: JobRow) {
  return columnsOf(JOB_COLUMNS, row);
}

/** Columns of a clip in the API and exports. */
export const CLIP_COLUMNS = [
  'folder',
  'state',
  'job',
  'index',
  'card',
  'source_path',
  'output_path',
  'kind',
  'status',
  'failure_type',
  'failure_reason',
  'checks_passed',
  'checks_total',
  'warnings',
  'timecode',
  'reel',
  'output_size_bytes',
  'duration_seconds',
  'output_xxh64',
  'pictures',
  'ended_at',
] as const;

export function apiClip(row: ClipRow) {
  return columnsOf(CLIP_COLUMNS, row);
}

/** Picks columns of a row in the given order. */
function columnsOf<Row, Key extends keyof Row>(columns: readonly Key[], row: Row): Pick<Row, Key> {
  return Object.fromEntries(columns.map((key) => [key, row[key]])) as Pick<Row, Key>;
}
