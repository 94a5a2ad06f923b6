import { JOB_STATES } from '@app/jobspec/folder';
import { feedRules } from '../query/feed-rows.ts';
import { FILTERS, FILTER_NAMES } from '../query/filters.ts';
import { rulesFor, type JobQuery } from '../query/job-query.ts';
import {
  choice,
  CLIP_PAGE,
  COUNT,
  INDEXING,
  JOB_DETAIL,
  JOB_PAGE,
  listOf,
  object,
  ref,
  SCHEMAS,
  TEXT,
} from './openapi-schemas.ts';

function answer(description: string, schema: unknown, type = 'application/json') {
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

const asked = (name: string, schema: unknown, description: string) => ({
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
  const schemas: Record<string, unknown> = {
    state: choice(JOB_STATES),
    clip: COUNT,
    picture: COUNT,
  };
  return names.map((name) => ({ name, in: 'path', required: true, schema: schemas[name] ?? TEXT }));
}
const JOB = ['folder', 'state', 'name'];

const PATHS = {
  '/api/summary': get('getSummary', {
    summary: 'Every watch folder: its runner, and how many jobs are where.',
    answers: {
      200: answer('The folders.', object({ indexing: INDEXING, folders: listOf(ref('Folder')) })),
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
    answers: { 200: answer('All rows.', TEXT, 'text/csv'), ...BAD },
  }),
  '/clips.csv': get('exportClips', {
    summary: 'All clips of a view.',
    parameters: view(),
    answers: { 200: answer('All rows.', TEXT, 'text/csv'), ...BAD },
  }),
  '/live': get('followChanges', {
    summary: 'Server-sent events: the version of what pages show, at once and whenever it changes.',
    answers: {
      200: answer('A stream that does not end.', TEXT, 'text/event-stream'),
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
    answers: { 200: answer('The JobSpec.', { type: 'object' }), ...gone('Nothing is left.') },
  }),
  '/pictures/{folder}/{state}/{name}/{clip}/{picture}': get('getPicture', {
    summary: 'A picture of a clip; both numbers from 0.',
    parameters: places(...JOB, 'clip', 'picture'),
    answers: {
      200: answer('The picture.', TEXT, 'image/jpeg'),
      ...gone('It can’t be shown.'),
    },
  }),
  '/media/{folder}/{state}/{name}/{clip}': get('getProxy', {
    summary: 'The proxy of a clip, in ranges of bytes, when the dashboard may play it.',
    parameters: places(...JOB, 'clip'),
    answers: {
      200: answer('All of it.', TEXT, 'video/mp4'),
      206: answer('The bytes that were asked for.', TEXT, 'video/mp4'),
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
    answers: { 200: answer('The feed.', TEXT, 'application/atom+xml'), ...BAD },
  }),
  '/healthz': get('getHealth', {
    summary: 'Whether every watch folder can be listed.',
    security: [],
    answers: {
      200: answer('All can.', object({ status: choice(['ok']) })),
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
