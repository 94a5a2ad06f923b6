import type { JobSpec } from '../job-spec.ts';
import { JOB_ID, MAX_SIDE, MAX_SOURCES, MAX_TEMPLATE_LENGTH, MIN_SIDE } from '../limits.ts';
import { TIMESTAMP } from '../rules/created-at.ts';
import {
  CLOCK_TOKENS,
  CODEC_CONTAINERS,
  CODECS,
  CONTAINERS,
  DISTINGUISHING_TOKENS,
  FPS_MODES,
  JOBSPEC_VERSION,
  NAMED_RESOLUTIONS,
  NAMING_TOKENS,
} from '../vocabulary.ts';
import { closedObject, DIALECT, fieldIs, when, type Schema } from './json-schema.ts';

/** Absolute on POSIX, with a drive letter or as a UNC path, without NUL. */
const absolutePath: Schema = {
  type: 'string',
  pattern: '^(?:/|[A-Za-z]:[\\\\/]|\\\\\\\\)[^\\u0000]*$',
};

const tokens = NAMING_TOKENS.join('|');
const token = (names: readonly string[]) => ({ pattern: `\\{(?:${names.join('|')})\\}` });

const properties: Record<keyof JobSpec, Schema> = {
  jobspec_version: { const: JOBSPEC_VERSION, description: 'The version of the contract.' },
  job_id: {
    type: 'string',
    pattern: JOB_ID.source,
    description:
      "Names the job in results and logs. When absent: 8 hex digits of the file's SHA-256.",
  },
  sources: {
    type: 'array',
    minItems: 1,
    maxItems: MAX_SOURCES,
    items: absolutePath,
    description: 'Absolute paths of the clips, made into proxies in this order.',
  },
  output_directory: {
    ...absolutePath,
    description: 'Absolute path of an existing, writable directory; it is not created.',
  },
  codec: { enum: CODECS, description: 'The codec of every proxy of the job.' },
  container: {
    enum: CONTAINERS,
    description: 'File format and extension; the codec decides which are allowed.',
  },
  resolution: {
    type: 'string',
    pattern: `^(?:${NAMED_RESOLUTIONS.join('|')}|[1-9]\\d{1,4}x[1-9]\\d{1,4})$`,
    description:
      'The source size, a half or a quarter of it, or a box in pixels to fit into without distortion or enlargement; ' +
      `sides of a box are ${MIN_SIDE} to ${MAX_SIDE}, which the runner checks.`,
  },
  fps_mode: {
    enum: FPS_MODES,
    default: 'same-as-source',
    description: "Whether proxies keep the source's frame rate or get fps_explicit.",
  },
  fps_explicit: {
    type: ['number', 'null'],
    exclusiveMinimum: 0,
    description: 'Frames per second; only, and then always, with fps_mode explicit.',
  },
  naming_template: {
    type: 'string',
    maxLength: MAX_TEMPLATE_LENGTH,
    pattern: `^(?!\\.{1,2}$)(?:[^{}/\\\\\\u0000]|\\{(?:${tokens})\\})+$`,
    description:
      `File name without extension; may contain ${NAMING_TOKENS.map((name) => `{${name}}`).join(' ')}. ` +
      'Resolved names must be unique within the job, at most 255 bytes with extension, and not begin with a dot, which the runner checks.',
  },
  resolved_tokens: {
    type: 'object',
    additionalProperties: { type: 'string' },
    propertyNames: { not: { enum: ['__proto__', 'constructor'] } },
    description: 'Informational, never used for naming.',
  },
  created_at: {
    type: 'string',
    format: 'date-time',
    pattern: TIMESTAMP.source,
    description: 'ISO 8601 with offset; {date} and {time} are its digits as written.',
  },
};

const OPTIONAL = ['job_id', 'fps_mode', 'fps_explicit', 'resolved_tokens', 'created_at'];

/**
 * The JobSpec contract as JSON Schema 2020-12, for editors and pipelines. It is never stricter than `parseJobSpec`; what a
 * schema can't say (duplicate keys, output names, bytes, size bounds, the platform's paths) only the parser knows.
 */
export function jobSpecSchema(): Schema {
  return {
    $schema: DIALECT,
    $id: `urn:watch-folder-runner:jobspec:${JOBSPEC_VERSION}`,
    title: `JobSpec ${JOBSPEC_VERSION}`,
    description: 'One job: sources to make proxies of, all with the same settings.',
    ...closedObject(properties, OPTIONAL),
    allOf: [...containersOfCodecs(), ...coupledFields()],
  };
}

/** One rule for each set of codecs that share their containers. */
function containersOfCodecs(): Schema[] {
  const lists = new Set(Object.values(CODEC_CONTAINERS).map((containers) => containers.join()));
  return [...lists].map((list) => {
    const codecs = CODECS.filter((codec) => CODEC_CONTAINERS[codec].join() === list);
    return when(fieldIs('codec', ...codecs), {
      properties: { container: { enum: list.split(',') } },
    });
  });
}

const coupledFields = (): Schema[] => [
  when(
    fieldIs('fps_mode', 'explicit'),
    { required: ['fps_explicit'], properties: { fps_explicit: { type: 'number' } } },
    { properties: { fps_explicit: { type: 'null' } } },
  ),
  when(
    { required: ['sources'], properties: { sources: { type: 'array', minItems: 2 } } },
    { properties: { naming_template: token(DISTINGUISHING_TOKENS) } },
  ),
  when(
    {
      required: ['naming_template'],
      properties: { naming_template: { type: 'string', ...token(CLOCK_TOKENS) } },
    },
    { required: ['created_at'] },
  ),
];
