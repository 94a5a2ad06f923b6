import { JOB_STATES } from '@app/jobspec/folder';
import { ENGINES, FAILURE_TYPES, FINAL_STATUSES } from '@app/jobspec/result';
import { SORT_KEYS, SORT_ORDERS } from '../index/catalogue.ts';
import { REASON_LIMIT } from '../index/job-row.ts';
import { DEFAULT_QUERY, PAGE_SIZE_LIMIT } from '../query/job-query.ts';

const TEXT = { type: 'string' };
const COUNT = { type: 'integer', minimum: 0 };
const INSTANT = { type: ['string', 'null'], format: 'date-time' };
const orNull = (...types: string[]) => ({ type: [...types, 'null'] });
const choice = (values: readonly string[]) => ({ type: 'string', enum: values });
const choiceOrNull = (values: readonly string[]) => ({
  type: ['string', 'null'],
  enum: [...values, null],
});
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

function object(properties: Record<string, unknown>) {
  return { type: 'object', required: Object.keys(properties), properties };
}

const SCHEMAS = {
  Error: object({
    error: { type: 'string', description: 'What was wrong and what was expected.' },
  }),
  Folder: object({
    name: TEXT,
    runner: object({
      state: choice(['running', 'paused', 'silent', 'never']),
      reason: orNull('string'),
      last_scan_at: INSTANT,
      version: orNull('string'),
      host: orNull('string'),
    }),
    pending: COUNT,
    running: COUNT,
    completed: COUNT,
    failed: COUNT,
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
  }),
};

function answer(description: string, schema: unknown, type = 'application/json') {
  return { description, content: { [type]: { schema } } };
}

const BAD_REQUEST = answer('A value was not understood.', ref('Error'));

function query(name: string, schema: unknown, description: string) {
  return { name, in: 'query', schema, description };
}

const FILTERS = [
  query('folder', TEXT, 'Name of a watch folder.'),
  query('state', choice(JOB_STATES), 'The folder the job lies in.'),
  query('engine', choice(ENGINES), 'The engine that was used.'),
  query('failure_type', choice(FAILURE_TYPES), 'Why the job failed.'),
  query(
    'day',
    { type: 'string', format: 'date' },
    'When it ended, in the time zone of the server.',
  ),
  query(
    'q',
    TEXT,
    'Any part of job name, job id, source and output names, without regard to case.',
  ),
  query('sort', { ...choice(SORT_KEYS), default: DEFAULT_QUERY.sort }, 'What to sort by.'),
  query('order', { ...choice(SORT_ORDERS), default: DEFAULT_QUERY.order }, 'In which direction.'),
];

const PAGING = [
  query('page', { type: 'integer', minimum: 1, default: DEFAULT_QUERY.page }, 'From 1.'),
  query(
    'pageSize',
    { type: 'integer', minimum: 1, maximum: PAGE_SIZE_LIMIT, default: DEFAULT_QUERY.pageSize },
    'Jobs on a page.',
  ),
];

const JOB_PAGE = object({
  total: COUNT,
  page: COUNT,
  pageSize: COUNT,
  indexing: { anyOf: [{ type: 'null' }, object({ done: COUNT, total: COUNT })] },
  jobs: { type: 'array', items: ref('Job') },
});

const JOB_DETAIL = object({
  job: ref('Job'),
  jobspec: { description: 'The JobSpec as it is; null when it is no JSON.' },
  result: { description: 'The result file as it is; null when there is none.' },
  problem: { ...orNull('string'), description: 'Why a file could not be read.' },
});

function path(name: string, schema: unknown) {
  return { name, in: 'path', required: true, schema };
}

const PATHS = {
  '/api/summary': {
    get: {
      summary: 'Every watch folder: its runner, and how many jobs are where.',
      responses: {
        200: answer('The folders.', object({ folders: { type: 'array', items: ref('Folder') } })),
        400: BAD_REQUEST,
      },
    },
  },
  '/api/jobs': {
    get: {
      summary: 'Jobs, filtered, sorted and paged.',
      parameters: [...FILTERS, ...PAGING],
      responses: { 200: answer('A page of jobs.', JOB_PAGE), 400: BAD_REQUEST },
    },
  },
  '/api/jobs/{folder}/{state}/{name}': {
    get: {
      summary: 'One job with its JobSpec and its result.',
      parameters: [path('folder', TEXT), path('state', choice(JOB_STATES)), path('name', TEXT)],
      responses: {
        200: answer('The job.', JOB_DETAIL),
        400: BAD_REQUEST,
        404: answer('There is no such job.', ref('Error')),
      },
    },
  },
  '/feed.xml': {
    get: {
      summary: 'An Atom feed of finished and failed jobs, newest first.',
      parameters: [FILTERS[0], query('state', choice(['completed', 'failed']), 'Only these.')],
      responses: { 200: answer('The feed.', TEXT, 'application/atom+xml'), 400: BAD_REQUEST },
    },
  },
  '/healthz': {
    get: {
      summary: 'Whether every watch folder can be listed.',
      security: [],
      responses: {
        200: answer('All can.', object({ status: choice(['ok']) })),
        503: answer('One cannot.', ref('Error')),
      },
    },
  },
};

/** What the API answers, for people and for generators of clients. */
export const OPENAPI = {
  openapi: '3.1.0',
  info: {
    title: 'watch-folder-runner dashboard',
    version: '1.0.0',
    description: 'Read-only: every path answers GET and HEAD, anything else is answered with 405.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/' }],
  security: [{}, { password: [] }],
  paths: PATHS,
  components: {
    schemas: SCHEMAS,
    securitySchemes: { password: { type: 'http', scheme: 'basic' } },
  },
};
