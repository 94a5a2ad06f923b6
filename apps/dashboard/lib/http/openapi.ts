import { JOB_STATES } from '@app/jobspec/folder';

import { feedRules } from '../query/feed-rows.ts';
import { FILTERS, FILTER_NAMES } from '../query/filters.ts';
import { rulesFor, type JobQuery } from '../query/job-query.ts';
import type { Rule } from '../query/rules.ts';
import {
  choice,
  COUNT,
  CLIP_EXPORT,
  INDEXING,
  CLIP_PAGE,
  JOB_DETAIL,
  JOB_EXPORT,
  JOB_PAGE,
  object,
  ref,
  SCHEMAS,
  TEXT,
} from './openapi-schemas.ts';

function answer(description: string, schema: unknown, type = 'application/json') {
  return { description, content: { [type]: { schema } } };
}

const BAD_REQUEST = answer('A value was not understood.', ref('Error'));

const RULES = rulesFor([]);

const DESCRIPTIONS: Record<Exclude<keyof JobQuery, keyof typeof FILTERS>, string> = {
  sort: 'What to sort by.',
  order: 'In which direction.',
  page: 'From 1.',
  pageSize: 'Rows on a page.',
};

function query(name: string, { schema }: Rule, description: string) {
  return { name, in: 'query', schema, description };
}

const FILTER_PARAMETERS = FILTER_NAMES.map((name) =>
  query(name, RULES[name], FILTERS[name].description),
);
const view = (...names: (keyof typeof DESCRIPTIONS)[]) => [
  ...FILTER_PARAMETERS,
  ...names.map((name) => query(name, RULES[name], DESCRIPTIONS[name])),
];

/** @param schema of the rows as JSON; `null` for CSV */
function exported(operationId: string, schema: object | null, parameters: unknown[]) {
  const answered =
    schema === null ? answer('All rows.', TEXT, 'text/csv') : answer('All rows.', schema);
  return {
    get: {
      operationId,
      summary: 'All rows of a view, whatever its page.',
      parameters,
      responses: { 200: answered, 400: BAD_REQUEST },
    },
  };
}

function path(name: string, schema: unknown) {
  return { name, in: 'path', required: true, schema };
}

const PATHS = {
  '/api/summary': {
    get: {
      operationId: 'getSummary',
      summary: 'Every watch folder: its runner, and how many jobs are where.',
      responses: {
        200: answer(
          'The folders.',
          object({ indexing: INDEXING, folders: { type: 'array', items: ref('Folder') } }),
        ),
        400: BAD_REQUEST,
      },
    },
  },
  '/api/jobs': {
    get: {
      operationId: 'listJobs',
      summary: 'Jobs, filtered, sorted and paged.',
      parameters: view('sort', 'order', 'page', 'pageSize'),
      responses: { 200: answer('A page of jobs.', JOB_PAGE), 400: BAD_REQUEST },
    },
  },
  '/api/clips': {
    get: {
      operationId: 'listClips',
      summary:
        'Clips of the jobs that the filters leave in: where each proxy asked for stands, then other attempts.',
      parameters: view('page', 'pageSize'),
      responses: { 200: answer('A page of clips.', CLIP_PAGE), 400: BAD_REQUEST },
    },
  },
  '/jobs.csv': exported('exportJobsAsCsv', null, view('sort', 'order')),
  '/jobs.json': exported('exportJobsAsJson', JOB_EXPORT, view('sort', 'order')),
  '/clips.csv': exported('exportClipsAsCsv', null, view()),
  '/clips.json': exported('exportClipsAsJson', CLIP_EXPORT, view()),
  '/live': {
    get: {
      operationId: 'followChanges',
      summary:
        'Server-sent events: the version of what pages show, at once and whenever it changes.',
      responses: {
        200: answer('A stream that does not end.', TEXT, 'text/event-stream'),
        503: answer('Too many listen already.', ref('Error')),
      },
    },
  },
  '/api/jobs/{folder}/{state}/{name}': {
    get: {
      operationId: 'getJob',
      summary: 'One job with its JobSpec and its result.',
      parameters: [path('folder', TEXT), path('state', choice(JOB_STATES)), path('name', TEXT)],
      responses: {
        200: answer('The job.', JOB_DETAIL),
        400: BAD_REQUEST,
        404: answer('There is no such job.', ref('Error')),
      },
    },
  },
  '/pictures/{folder}/{state}/{name}/{clip}/{picture}': {
    get: {
      operationId: 'getPicture',
      summary: 'A picture of a clip.',
      parameters: [
        path('folder', TEXT),
        path('state', choice(JOB_STATES)),
        path('name', TEXT),
        path('clip', COUNT),
        path('picture', COUNT),
      ],
      responses: {
        200: answer('The picture.', TEXT, 'image/jpeg'),
        404: answer('It can’t be shown.', ref('Error')),
      },
    },
  },
  '/media/{folder}/{state}/{name}/{clip}': {
    get: {
      summary: 'The proxy of a clip, in ranges of bytes, when the dashboard may play it.',
      parameters: [
        path('folder', TEXT),
        path('state', choice(JOB_STATES)),
        path('name', TEXT),
        path('clip', COUNT),
      ],
      responses: {
        200: answer('All of it.', TEXT, 'video/mp4'),
        206: answer('The bytes that were asked for.', TEXT, 'video/mp4'),
        404: answer('It can’t be played.', ref('Error')),
        416: { description: 'None of these bytes is there.' },
        503: answer('Too many are being played.', ref('Error')),
      },
    },
  },
  '/feed.xml': {
    get: {
      operationId: 'getFeed',
      summary: 'An Atom feed of finished and failed jobs, newest first.',
      parameters: Object.entries(feedRules([])).map(([name, rule]) =>
        query(name, rule, 'Only these.'),
      ),
      responses: { 200: answer('The feed.', TEXT, 'application/atom+xml'), 400: BAD_REQUEST },
    },
  },
  '/healthz': {
    get: {
      operationId: 'getHealth',
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
