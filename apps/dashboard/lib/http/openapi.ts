import { JOB_STATES } from '@app/jobspec/folder';
import { Type, type TSchema } from 'typebox';
import { API_CLIP } from '../query/api-clip.ts';
import { API_JOB } from '../query/api-job.ts';
import { FILTERS, FILTER_NAMES } from '../query/filters.ts';
import { API_FOLDER } from '../query/summary.ts';
import { rulesFor, type JobQuery } from '../query/job-query.ts';
import { COUNT, orNull } from '../query/api-schema.ts';

const SCHEMAS = {
  Error: Type.Object({
    error: Type.String({ description: 'What was wrong and what was expected.' }),
  }),
  Folder: API_FOLDER,
  Job: API_JOB,
  Clip: API_CLIP,
};
const TEXT = Type.String();
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

type Answers = Record<number, unknown>;

/** What a path answers. @param more its parameters, and what else OpenAPI knows */
function get(operationId: string, summary: string, responses: Answers, more: object = {}) {
  return { get: { operationId, summary, ...more, responses } };
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

const asked = (name: string, schema: TSchema, description: string) => {
  return { name, in: 'query', schema, description };
};
const view = (...names: (keyof typeof DESCRIPTIONS)[]) => ({
  parameters: [
    ...FILTER_NAMES.map((name) => asked(name, RULES[name].schema, FILTERS[name].description)),
    ...names.map((name) => asked(name, RULES[name].schema, DESCRIPTIONS[name])),
  ],
});

/** The parts of the path of a job, and of something of it that has a number. */
const places = (...numbers: string[]) => ({
  parameters: Object.entries({
    folder: TEXT,
    state: Type.Enum(JOB_STATES),
    name: TEXT,
    ...Object.fromEntries(numbers.map((number) => [number, COUNT])),
  }).map(([name, schema]) => ({ name, in: 'path', required: true, schema })),
});

const PATHS = {
  '/api/summary': get(
    'getSummary',
    'Every watch folder: its runner, and how many jobs are where.',
    {
      200: answer(
        'The folders.',
        Type.Object({ indexing: INDEXING, folders: Type.Array(ref('Folder')) }),
      ),
      ...BAD,
    },
  ),
  '/api/jobs': get(
    'listJobs',
    'Jobs, filtered, sorted and paged.',
    { 200: answer('A page of jobs.', JOB_PAGE), ...BAD },
    view('sort', 'order', 'page', 'pageSize'),
  ),
  '/api/clips': get(
    'listClips',
    'Clips that jobs of the view asked for, each once and as it stands now, card by card.',
    { 200: answer('A page of clips.', CLIP_PAGE), ...BAD },
    view('page', 'pageSize'),
  ),
  '/jobs.csv': get(
    'exportJobs',
    'All jobs of a view.',
    { 200: answer('All rows.', TEXT, 'text/csv'), ...BAD },
    view('sort', 'order'),
  ),
  '/clips.csv': get(
    'exportClips',
    'All clips of a view.',
    { 200: answer('All rows.', TEXT, 'text/csv'), ...BAD },
    view(),
  ),
  '/live': get(
    'followChanges',
    'Server-sent events: the version of what pages show, at once and whenever it changes.',
    {
      200: answer('A stream that does not end.', TEXT, 'text/event-stream'),
      503: answer('Too many listen already.', ref('Error')),
    },
  ),
  '/api/jobs/{folder}/{state}/{name}': get(
    'getJob',
    'One job with its JobSpec and its result.',
    { 200: answer('The job.', JOB_DETAIL), ...BAD, ...gone('There is no such job.') },
    places(),
  ),
  '/rest/{folder}/{state}/{name}': get(
    'getRest',
    'A JobSpec of the clips that a failed job left.',
    { 200: answer('The JobSpec.', Type.Object({})), ...gone('Nothing is left.') },
    places(),
  ),
  '/pictures/{folder}/{state}/{name}/{clip}/{picture}': get(
    'getPicture',
    'A picture of a clip; both numbers from 0.',
    { 200: answer('The picture.', TEXT, 'image/jpeg'), ...gone('It can’t be shown.') },
    places('clip', 'picture'),
  ),
  '/media/{folder}/{state}/{name}/{clip}': get(
    'getProxy',
    'The proxy of a clip, in ranges of bytes, when the dashboard may play it.',
    {
      200: answer('All of it.', TEXT, 'video/mp4'),
      206: answer('The bytes that were asked for.', TEXT, 'video/mp4'),
      ...gone('It can’t be played.'),
      416: { description: 'None of these bytes is there.' },
      503: answer('Too many are being played.', ref('Error')),
    },
    places('clip'),
  ),
  '/healthz': get(
    'getHealth',
    'Whether every watch folder can be listed.',
    {
      200: answer('All can.', Type.Object({ status: Type.Literal('ok') })),
      503: answer('One cannot.', ref('Error')),
    },
    { security: [] },
  ),
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
