import {
  ATTEMPT_REASONS,
  type ClipAttempt,
  type ClipPicture,
  type ClipResult,
  type ProresQuantiser,
  type VerificationCheck,
} from './result.ts';
import { failureTypesOf } from '../failure/failure-types.ts';
import { ENGINES, type EngineName } from '../vocabulary/vocabulary.ts';
import { closedObject, fieldIs, when, type Schema } from '../schema/json-schema.ts';
import { factsSchema } from './facts-schema.ts';
import { resolveJobSchema } from './resolve-job-schema.ts';
import { COUNT, nullable, ONE_UP, REASON, SECONDS, TEXT, TIME } from './result-values.ts';

const LIMIT: Schema = { type: 'number', minimum: 0 };

const check: Record<keyof VerificationCheck, Schema> = {
  check: TEXT,
  expected: {},
  actual: {},
  tolerance: {
    description: 'By how much the two may differ: a number, or one for each name in `actual`.',
    anyOf: [LIMIT, { type: 'object', additionalProperties: LIMIT }],
  },
  passed: { type: 'boolean' },
};

const picture: Record<keyof ClipPicture, Schema> = {
  path: { ...TEXT, description: 'Of a JPEG file; it may have been removed since.' },
  frame: { ...COUNT, description: 'Of the proxy, from 0.' },
  timecode: nullable(TEXT),
  width: ONE_UP,
  height: ONE_UP,
};

const quantiser: Record<keyof ProresQuantiser, Schema> = {
  quantiser: {
    type: ['integer', 'null'],
    minimum: 1,
    description: "Of every slice; null leaves the choice to the encoder's search.",
  },
  reason: TEXT,
  size: {
    type: ['number', 'null'],
    minimum: 0,
    description: 'Expected size against that of the search.',
  },
};

const attempt: Record<keyof ClipAttempt, Schema> = {
  why: { enum: [...ATTEMPT_REASONS] },
  exit_code: { type: ['integer', 'null'] },
  seconds: SECONDS,
};

const properties: Record<keyof ClipResult, Schema> = {
  source_path: TEXT,
  resolved_output_path: TEXT,
  status: { enum: ['COMPLETED', 'FAILED'] },
  engine: { enum: ENGINES },
  exit_code: {
    type: ['integer', 'null'],
    description: 'Of the encoder; null when it was never started or was ended by a signal.',
  },
  output_exists: { type: 'boolean' },
  output_size_bytes: nullable(COUNT),
  ffmpeg_command: {
    type: 'array',
    minItems: 1,
    items: { type: 'string' },
    description: 'Makes this proxy and nothing else, its path last; it never overwrites.',
  },
  executed_command: {
    type: 'array',
    minItems: 1,
    items: { type: 'string' },
    description: 'The argv that ran, of a clip that failed.',
  },
  prores_quantiser: {
    ...closedObject(quantiser),
    description: 'How coarsely ProRes is quantised.',
  },
  resolve_job: resolveJobSchema(),
  failure_type: { enum: [...failureTypesOf('FAILED'), null] },
  failure_reason: REASON,
  stderr: nullable({ type: 'string' }),
  partial_output_path: { ...nullable(TEXT), description: 'Where the incomplete output was kept.' },
  warnings: { type: 'array', items: TEXT },
  verification: {
    type: 'array',
    items: closedObject(check, ['tolerance']),
    description: 'What the finished proxy was compared with.',
  },
  pictures: {
    type: 'array',
    maxItems: 3,
    items: closedObject(picture),
    description: 'Of the start, the middle and the end of the proxy, for people.',
  },
  output_xxh64: {
    ...nullable({ type: 'string', pattern: '^[0-9a-f]{16}$' }),
    description: 'XXH64 of the published file; null without one.',
  },
  facts: factsSchema(),
  attempts: {
    type: 'array',
    items: closedObject(attempt),
    description: 'Every encode of the clip, with the reason of each further one.',
  },
  started_at: TIME,
  completed_at: TIME,
  duration_seconds: SECONDS,
};

const NULL: Schema = { type: 'null' };

const RECORDS = { ffmpeg: 'ffmpeg_command', resolve: 'resolve_job' } as const satisfies Record<
  EngineName,
  keyof ClipResult
>;

/** A completed clip says how its engine made it; no clip has the record of another engine. */
const onlyRecordOf = (engine: EngineName): Schema => ({
  properties: Object.fromEntries(
    ENGINES.filter((other) => other !== engine).map((other) => [RECORDS[other], false]),
  ),
  anyOf: [fieldIs('status', 'FAILED'), { required: [RECORDS[engine]] }],
});

/** One clip: how it was made, by exactly one engine, and what came of it. */
export const clipSchema = (): Schema => ({
  ...closedObject(properties, [
    'ffmpeg_command',
    'executed_command',
    'prores_quantiser',
    'resolve_job',
  ]),
  allOf: [
    // A clip that failed before its engine began has neither record.
    ...ENGINES.map((engine) => when(fieldIs('engine', engine), onlyRecordOf(engine))),
    when(
      fieldIs('status', 'COMPLETED'),
      {
        properties: {
          output_exists: { const: true },
          output_size_bytes: { type: 'integer', minimum: 1 },
          output_xxh64: { type: 'string' },
          failure_type: NULL,
          failure_reason: NULL,
          stderr: NULL,
          partial_output_path: NULL,
          verification: { items: { properties: { passed: { const: true } } } },
        },
      },
      { properties: { failure_type: { type: 'string' }, failure_reason: { type: 'string' } } },
    ),
  ],
});
