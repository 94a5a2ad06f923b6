import { JOB_STATES } from '@app/jobspec/folder';
import { ENGINES, FAILURE_TYPES, FINAL_STATUSES } from '@app/jobspec/result';
import { CLIP_STATUSES } from '../jobs/clip-row.ts';
import { REASON_LIMIT } from '../jobs/job-row.ts';
import { OUTCOME } from './openapi-outcome.ts';

export const TEXT = { type: 'string' };
export const COUNT = { type: 'integer', minimum: 0 };
export const INSTANT = { type: ['string', 'null'], format: 'date-time' };
export const orNull = (...types: string[]) => ({ type: [...types, 'null'] });
export const choice = (values: readonly string[]) => ({ type: 'string', enum: values });
const choiceOrNull = (values: readonly string[]) => ({
  type: ['string', 'null'],
  enum: [...values, null],
});
export const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

export function object(properties: Record<string, unknown>) {
  return { type: 'object', required: Object.keys(properties), properties };
}

export const SCHEMAS = {
  Error: object({
    error: { type: 'string', description: 'What was wrong and what was expected.' },
  }),
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
    not_known: {
      ...COUNT,
      description:
        'In completed/ or failed/, and counted as neither: a result that can’t be read, is not there, or lies in the wrong folder.',
    },
  }),
  Job: object({
    folder: TEXT,
    state: choice(JOB_STATES),
    name: TEXT,
    job_id: orNull('string'),
    final_status: choiceOrNull(FINAL_STATUSES),
    execution_engine: choiceOrNull(ENGINES),
    failure_type: choiceOrNull(FAILURE_TYPES),
    failure_reason: {
      ...orNull('string'),
      description: `A longer one than ${REASON_LIMIT} characters ends with how many more there are; the result of the job has it whole.`,
    },
    total_clips: orNull('integer'),
    completed_clips: orNull('integer'),
    output_size_bytes: orNull('integer'),
    duration_seconds: orNull('number'),
    worker_id: orNull('integer'),
    started_at: INSTANT,
    completed_at: INSTANT,
    ...OUTCOME,
  }),
  Clip: object({
    folder: TEXT,
    state: choice(JOB_STATES),
    job: { ...TEXT, description: 'File name of its job.' },
    index: { ...COUNT, description: 'Its place among the sources of the job, from 0.' },
    source_path: TEXT,
    output_path: { ...TEXT, description: 'Empty when it is not known.' },
    kind: {
      ...orNull('string'),
      description:
        'Codec, container and size that were asked for; a proxy of another kind is another one. Without the size where nothing tells it.',
    },
    status: choice(CLIP_STATUSES),
    latest: {
      type: 'boolean',
      description:
        'Whether this is where its proxy stands now; in a view of a day, whether it was so at its end.',
    },
    made_good: {
      type: 'boolean',
      description: 'A failure that a later attempt made good, or the attempt that did.',
    },
    made_before: {
      type: 'boolean',
      description: 'Refused, not begun or waiting, while its proxy had been made before.',
    },
    made_since: {
      type: 'boolean',
      description: 'Refused or not begun, and its proxy was made by a later attempt.',
    },
    failure_type: choiceOrNull(FAILURE_TYPES),
    failure_reason: orNull('string'),
    checks_passed: COUNT,
    checks_total: COUNT,
    warnings: COUNT,
    timecode: orNull('string'),
    reel: { ...orNull('string'), description: 'Of the source, where the result tells it.' },
    output_size_bytes: orNull('integer'),
    duration_seconds: orNull('number'),
    output_xxh64: orNull('string'),
    pictures: {
      type: 'array',
      items: object({
        path: TEXT,
        frame: orNull('integer'),
        timecode: orNull('string'),
        width: orNull('integer'),
        height: orNull('integer'),
      }),
    },
    ended_at: INSTANT,
    other_job: {
      ...orNull('string'),
      description:
        'folder/state/name of the job that made it good, before or since; of one that made a failure good, of the job that failed.',
    },
    other_ended_at: INSTANT,
  }),
};

export const INDEXING = { anyOf: [{ type: 'null' }, object({ done: COUNT, total: COUNT })] };

const arrayOf = (name: string) => ({ type: 'array', items: ref(name) });

export const JOB_PAGE = object({
  total: COUNT,
  page: COUNT,
  pageSize: COUNT,
  indexing: INDEXING,
  jobs: arrayOf('Job'),
});

export const JOB_EXPORT = object({ total: COUNT, jobs: arrayOf('Job') });

export const JOB_DETAIL = object({
  job: ref('Job'),
  jobspec: { description: 'The JobSpec as it is; null when it is not JSON.' },
  result: { description: 'The result file as it is; null when there is none, or it is not JSON.' },
  problem: { ...orNull('string'), description: 'Why a file could not be read.' },
});

const SUMS = {
  total: {
    ...COUNT,
    description:
      'Proxies asked for, each by its latest attempt; in a view of a day, by that at its end.',
  },
  through: COUNT,
  failed: COUNT,
  not_made: { ...COUNT, description: 'Refused, never begun, or to come.' },
  not_known: { ...COUNT, description: 'Nobody can tell: a result can’t be read.' },
  waiting: { ...COUNT, description: 'Of those that are not made: waiting, or being made.' },
  elsewhere: {
    ...COUNT,
    description: 'Of all: another attempt says so, which the view does not hold.',
  },
};

const COUNTED = {
  type: 'boolean',
  description: 'False when there are more than 60,000 clips: sums and pages are of the latest.',
};

export const CLIP_PAGE = object({
  ...SUMS,
  is_counted: COUNTED,
  failed_jobs_without_clips: {
    ...COUNT,
    description: 'Jobs of the view that failed before their clips were known: no sum has them.',
  },
  listed: { ...COUNT, description: 'Clips on all pages, earlier attempts too.' },
  page: COUNT,
  pageSize: COUNT,
  indexing: INDEXING,
  clips: arrayOf('Clip'),
});

export const CLIP_EXPORT = object({ ...SUMS, is_counted: COUNTED, clips: arrayOf('Clip') });
