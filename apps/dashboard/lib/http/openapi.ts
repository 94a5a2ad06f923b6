import { JOB_STATES } from '@app/jobspec/folder';
import { Type, type TSchema } from 'typebox';
import { RUNNER_STATES } from '../jobs/folder-view.ts';
import { API_CLIP } from '../query/api-clip.ts';
import { API_JOB } from '../query/api-job.ts';
import { feedRules } from '../query/feed-rows.ts';
import { FILTERS, FILTER_NAMES } from '../query/filters.ts';
import { rulesFor, type JobQuery } from '../query/job-query.ts';
import { COUNT, INSTANT, orNull } from '../query/api-schema.ts';

const SCHEMAS = {
  Error: Type.Object({
    error: Type.String({ description: 'What was wrong and what was expected.' }),
  }),
  Folder: Type.Object({
    name: Type.String(),
    runner: Type.Object({
      state: Type.Enum(RUNNER_STATES),
      reason: orNull(Type.String()),
      last_scan_at: orNull(INSTANT),
      version: orNull(Type.String()),
      host: orNull(Type.String()),
    }),
    pending: COUNT,
    running: COUNT,
    completed: COUNT,
    failed: COUNT,
    not_known: Type.Integer({
      minimum: 0,
      description:
        'In completed/ or failed/, and counted as neither: a result that can’t be read, is not there, or lies in the wrong folder.',
    }),
  }),
  Job: API_JOB,
  Clip: API_CLIP,
};
const ref = (name: keyof typeof SCHEMAS) => Type.Unsafe({ $ref: `#/components/schemas/${name}` });
const count = (description: string) => Type.Integer({ minimum: 0, description });

const INDEXING = orNull(Type.Object({ done: COUNT, total: COUNT }));
const PAGE = { page: COUNT, pageSize: COUNT, indexing: INDEXING };
const JOB_PAGE = Type.Object({ total: COUNT, ...PAGE, jobs: Type.Array(ref('Job')) });
const JOB_DETAIL = Type.Object({
  job: ref('Job'),
  jobspec: Type.Unknown({ description: 'The JobSpec as it is; null when it is not JSON.' }),
  result: Type.Unknown({
    description: 'The result file as it is; null when there is none, or it is not JSON.',
  }),
  problem: orNull(Type.String(), 'Why a file could not be read.'),
});
const CLIP_PAGE = Type.Object({
  total: count('Proxies asked for, each as it stands now.'),
  through: COUNT,
  failed: COUNT,
  not_made: count('Refused, never begun, or to come.'),
  not_known: count('Nobody can tell: a result can’t be read.'),
  waiting: count('Of those that are not made: waiting, or being made.'),
  cards: count('On how many cards they lie.'),
  ...PAGE,
  clips: Type.Array(ref('Clip')),
});

function answer(description: string, schema: TSchema, type = 'application/json') {
  return { description, content: { [type]: { schema } } };
}

/** What a path answers, as {@link get} takes it. */
interface Answers {
  summary: string;
  answers: Record<number, unknown>;
  parameters?: unknown[];
  security?: unknown[];
}

function get(operationId: string, { answers, ...rest }: Answers) {
  return { get: { operationId, ...rest, responses: answers } };
}

const BAD = { 400: answer('A value was not understood.', ref('Error')) };
const gone = (what: string) => ({ 404: answer(what, ref('Error')) });

const RULES = rulesFor([]);
const DESCRIPTIONS: Record<Exclude<keyof JobQuery, keyof typeof FILTERS>, string> = {
  sort: 'What to sort by.',
  order: 'In which direction.',
  page: 'From 1.',
  pageSize: 'Rows on a page.',
};

const asked = (name: string, schema: TSchema, description: string) => ({
  name,
  in: 'query',
  schema,
  description,
});
const view = (...names: (keyof typeof DESCRIPTIONS)[]) => [
  ...FILTER_NAMES.map((name) => asked(name, RULES[name].schema, FILTERS[name].description)),
  ...names.map((name) => asked(name, RULES[name].schema, DESCRIPTIONS[name])),
];

/** The parts of a path, in their order. */
function places(...names: string[]) {
  const schemas: Record<string, TSchema> = {
    state: Type.Enum(JOB_STATES),
    clip: COUNT,
    picture: COUNT,
  };
  return names.map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: schemas[name] ?? Type.String(),
  }));
}
const JOB = ['folder', 'state', 'name'];

const PATHS = {
  '/api/summary': get('getSummary', {
    summary: 'Every watch folder: its runner, and how many jobs are where.',
    answers: {
      200: answer(
        'The folders.',
        Type.Object({ indexing: INDEXING, folders: Type.Array(ref('Folder')) }),
      ),
      ...BAD,
    },
  }),
  '/api/jobs': get('listJobs', {
    summary: 'Jobs, filtered, sorted and paged.',
    parameters: view('sort', 'order', 'page', 'pageSize'),
    answers: { 200: answer('A page of jobs.', JOB_PAGE), ...BAD },
  }),
  '/api/clips': get('listClips', {
    summary: 'Clips that jobs of the view asked for, each once and as it stands now, card by card.',
    parameters: view('page', 'pageSize'),
    answers: { 200: answer('A page of clips.', CLIP_PAGE), ...BAD },
  }),
  '/jobs.csv': get('exportJobs', {
    summary: 'All jobs of a view.',
    parameters: view('sort', 'order'),
    answers: { 200: answer('All rows.', Type.String(), 'text/csv'), ...BAD },
  }),
  '/clips.csv': get('exportClips', {
    summary: 'All clips of a view.',
    parameters: view(),
    answers: { 200: answer('All rows.', Type.String(), 'text/csv'), ...BAD },
  }),
  '/live': get('followChanges', {
    summary: 'Server-sent events: the version of what pages show, at once and whenever it changes.',
    answers: {
      200: answer('A stream that does not end.', Type.String(), 'text/event-stream'),
      503: answer('Too many listen already.', ref('Error')),
    },
  }),
  '/api/jobs/{folder}/{state}/{name}': get('getJob', {
    summary: 'One job with its JobSpec and its result.',
    parameters: places(...JOB),
    answers: { 200: answer('The job.', JOB_DETAIL), ...BAD, ...gone('There is no such job.') },
  }),
  '/rest/{folder}/{state}/{name}': get('getRest', {
    summary: 'A JobSpec of the clips that a failed job left.',
    parameters: places(...JOB),
    answers: { 200: answer('The JobSpec.', Type.Object({})), ...gone('Nothing is left.') },
  }),
  '/pictures/{folder}/{state}/{name}/{clip}/{picture}': get('getPicture', {
    summary: 'A picture of a clip; both numbers from 0.',
    parameters: places(...JOB, 'clip', 'picture'),
    answers: {
      200: answer('The picture.', Type.String(), 'image/jpeg'),
      ...gone('It can’t be shown.'),
    },
  }),
  '/media/{folder}/{state}/{name}/{clip}': get('getProxy', {
    summary: 'The proxy of a clip, in ranges of bytes, when the dashboard may play it.',
    parameters: places(...JOB, 'clip'),
    answers: {
      200: answer('All of it.', Type.String(), 'video/mp4'),
      206: answer('The bytes that were asked for.', Type.String(), 'video/mp4'),
      ...gone('It can’t be played.'),
      416: { description: 'None of these bytes is there.' },
      503: answer('Too many are being played.', ref('Error')),
    },
  }),
  '/feed.xml': get('getFeed', {
    summary: 'An Atom feed of finished and failed jobs, newest first.',
    parameters: Object.entries(feedRules([])).map(([name, { schema }]) =>
      asked(name, schema, 'Only these.'),
    ),
    answers: { 200: answer('The feed.', Type.String(), 'application/atom+xml'), ...BAD },
  }),
  '/healthz': get('getHealth', {
    summary: 'Whether every watch folder can be listed.',
    security: [],
    answers: {
      200: answer('All can.', Type.Object({ status: Type.Literal('ok') })),
      503: answer('One cannot.', ref('Error')),
    },
  }),
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
