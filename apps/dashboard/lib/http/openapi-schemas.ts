import { JOB_STATES } from '@app/jobspec/folder';
import { ENGINES, FAILURE_TYPES, FINAL_STATUSES } from '@app/jobspec/result';
import { CLIP_STATUSES } from '../jobs/clip-row.ts';
import { REASON_LIMIT } from '../jobs/job-row.ts';
import type { ApiClip } from '../query/api-clip.ts';
import type { ApiJob } from '../query/api-job.ts';

type Schema = Record<string, unknown>;

export const TEXT: Schema = { type: 'string' };
export const COUNT: Schema = { type: 'integer', minimum: 0 };
const INSTANT: Schema = { type: ['string', 'null'], format: 'date-time' };
const BOOLEAN: Schema = { type: 'boolean' };
const orNull = (type: string): Schema => ({ type: [type, 'null'] });
export const choice = (values: readonly string[]): Schema => ({ type: 'string', enum: values });
const choiceOrNull = (values: readonly string[]): Schema => ({
  type: ['string', 'null'],
  enum: [...values, null],
});
const described = (schema: Schema, description: string): Schema => ({ ...schema, description });
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
export const listOf = (items: Schema): Schema => ({ type: 'array', items });

export function object(properties: Record<string, Schema>): Schema {
  return { type: 'object', required: Object.keys(properties), properties };
}

const JOB = {
  folder: TEXT,
  state: choice(JOB_STATES),
  name: TEXT,
  job_id: orNull('string'),
  final_status: choiceOrNull(FINAL_STATUSES),
  execution_engine: choiceOrNull(ENGINES),
  failure_type: choiceOrNull(FAILURE_TYPES),
  failure_reason: described(
    orNull('string'),
    `At most ${REASON_LIMIT} characters; the result of the job has it whole.`,
  ),
  total_clips: orNull('integer'),
  completed_clips: orNull('integer'),
  output_size_bytes: orNull('integer'),
  duration_seconds: orNull('number'),
  worker_id: orNull('integer'),
  started_at: INSTANT,
  completed_at: INSTANT,
  clips_unmade: described(
    orNull('integer'),
    'Clips that a failed job did not make; null of other jobs, and where its JobSpec does not tell.',
  ),
  clips_open: described(orNull('integer'), 'Of these: no proxy is there now.'),
  clips_retried: described(
    orNull('integer'),
    'Of those that are open: another job waits or runs that asks for them.',
  ),
  made_by: described(orNull('string'), 'folder/state/name of a job that made others of them.'),
  retried_by: described(orNull('string'), 'folder/state/name of a job that waits or runs.'),
} satisfies Record<keyof ApiJob, Schema>;

const CLIP = {
  folder: TEXT,
  state: choice(JOB_STATES),
  job: described(TEXT, 'File name of its job.'),
  index: described(COUNT, 'Its place among the sources of the job, from 0.'),
  card: described(TEXT, 'The folder that is the card of its source.'),
  source_path: TEXT,
  output_path: described(TEXT, 'Empty when it is not known.'),
  kind: described(
    orNull('string'),
    'Codec, container and size that were asked for: a proxy of another kind is another one.',
  ),
  status: choice(CLIP_STATUSES),
  made_good: described(BOOLEAN, 'It is through, and an attempt before had failed.'),
  failure_type: choiceOrNull(FAILURE_TYPES),
  failure_reason: orNull('string'),
  checks_passed: COUNT,
  checks_total: COUNT,
  warnings: COUNT,
  timecode: orNull('string'),
  reel: described(orNull('string'), 'Of the source, where the result tells it.'),
  output_size_bytes: orNull('integer'),
  duration_seconds: orNull('number'),
  output_xxh64: orNull('string'),
  pictures: listOf(
    object({
      path: TEXT,
      frame: orNull('integer'),
      timecode: orNull('string'),
      width: orNull('integer'),
      height: orNull('integer'),
    }),
  ),
  ended_at: INSTANT,
} satisfies Record<keyof ApiClip, Schema>;

export const SCHEMAS = {
  Error: object({ error: described(TEXT, 'What was wrong and what was expected.') }),
  Folder: object({
    name: TEXT,
    runner: object({
      state: choice(['running', 'paused', 'silent', 'ended', 'never']),
      reason: orNull('string'),
      last_scan_at: INSTANT,
      version: orNull('string'),
      host: orNull('string'),
    }),
    pending: COUNT,
    running: COUNT,
    completed: COUNT,
    failed: COUNT,
    not_known: described(
      COUNT,
      'In completed/ or failed/, and counted as neither: a result that can’t be read, is not there, or lies in the wrong folder.',
    ),
  }),
  Job: object(JOB),
  Clip: object(CLIP),
};

export const INDEXING: Schema = {
  anyOf: [{ type: 'null' }, object({ done: COUNT, total: COUNT })],
};
const PAGE = { page: COUNT, pageSize: COUNT, indexing: INDEXING };

export const JOB_PAGE = object({ total: COUNT, ...PAGE, jobs: listOf(ref('Job')) });

export const JOB_DETAIL = object({
  job: ref('Job'),
  jobspec: { description: 'The JobSpec as it is; null when it is not JSON.' },
  result: { description: 'The result file as it is; null when there is none, or it is not JSON.' },
  problem: described(orNull('string'), 'Why a file could not be read.'),
} satisfies Record<string, Schema>);

export const CLIP_PAGE = object({
  total: described(COUNT, 'Proxies asked for, each as it stands now.'),
  through: COUNT,
  failed: COUNT,
  not_made: described(COUNT, 'Refused, never begun, or to come.'),
  not_known: described(COUNT, 'Nobody can tell: a result can’t be read.'),
  waiting: described(COUNT, 'Of those that are not made: waiting, or being made.'),
  cards: described(COUNT, 'On how many cards they lie.'),
  ...PAGE,
  clips: listOf(ref('Clip')),
});
