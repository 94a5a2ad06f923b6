import { FAILURE_TYPES, failureTypesOf, WITH_VIOLATIONS } from '../failure/failure-types.ts';
import type { Violation } from '../failure/cause.ts';
import {
  FINAL_STATUSES,
  type AskedProxies,
  type JobResult,
  type RecoveryNote,
  type ResultMetadata,
} from './result.ts';
import { MAX_SENTENCE_LENGTH } from '../vocabulary/limits.ts';
import { CODECS, CONTAINERS, ENGINES } from '../vocabulary/vocabulary.ts';
import { causeSchema, clipSchema } from './clip-schema.ts';
import {
  closedObject,
  COUNT,
  DIALECT,
  fieldIs,
  JOB_ID_TEXT,
  nullable,
  ONE_UP,
  REASON,
  type Schema,
  SECONDS,
  TEXT,
  TIME,
  when,
} from '../schema/json-schema.ts';

const violation: Record<keyof Violation, Schema> = {
  path: {
    type: 'string',
    description: 'The field, such as sources[1]; empty for the file as a whole.',
  },
  message: { ...TEXT, maxLength: MAX_SENTENCE_LENGTH, description: 'A sentence for people.' },
  line: ONE_UP,
  column: ONE_UP,
};

const asked: Record<keyof AskedProxies, Schema> = {
  codec: { enum: CODECS },
  container: { enum: CONTAINERS },
  resolution: TEXT,
  viewing: { type: 'object', description: 'Look and burnt-in text, as in the JobSpec.' },
};

const recovery: Record<keyof RecoveryNote, Schema> = {
  reason: TEXT,
  recovered_at: TIME,
  original_path: TEXT,
};

const metadata: Record<keyof ResultMetadata, Schema> = {
  jobspec_version: nullable({ type: 'string' }),
  jobspec_path: { ...TEXT, description: 'Path of the JobSpec while the job ran.' },
  jobspec_sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
  archived_as: {
    ...TEXT,
    description: "The JobSpec's file name in completed/ or failed/; for `run`, its own.",
  },
  result_written_at: TIME,
  worker_id: nullable(ONE_UP),
  worker_started_at: nullable(TIME),
  engine_routing_reason: nullable(TEXT),
  runner_version: TEXT,
  engine_version: nullable(TEXT),
  hostname: TEXT,
  asked: {
    ...closedObject(asked, ['viewing']),
    description: 'Request of its JobSpec; missing if that was not valid.',
  },
  mapped: {
    type: 'object',
    additionalProperties: TEXT,
    description:
      'Original paths of the JobSpec, by field, where --map-path replaced them; missing if it replaced none.',
  },
};

const properties: Record<keyof JobResult, Schema> = {
  job_id: { ...JOB_ID_TEXT, description: 'Names the job in results and logs.' },
  final_status: {
    enum: FINAL_STATUSES,
    description: 'PARTIAL: validation refused the job and nothing was started.',
  },
  execution_engine: { enum: [...ENGINES, null], description: 'null when it was never determined.' },
  failure_type: {
    enum: [...FAILURE_TYPES, null],
    description: 'Why the job failed, for programs; null when it did not.',
  },
  failure_reason: { ...REASON, description: 'A sentence for people.' },
  violations: {
    type: 'array',
    items: closedObject(violation, ['line', 'column'], {
      dependentRequired: { line: ['column'], column: ['line'] },
    }),
    description:
      'Every broken rule of the contract, in its order; or every path that keeps the job from being made.',
  },
  cause: { ...causeSchema, description: 'Cause of the failure, as data.' },
  clips: {
    type: 'array',
    items: clipSchema(),
    description: 'In the order of the sources; clips after the first failed one are not listed.',
  },
  total_clips: { ...COUNT, description: 'Sources of the job.' },
  completed_clips: { ...COUNT, description: 'Proxies that were made, checked and published.' },
  failed_clips: { ...COUNT, description: '0 or 1: a job stops at the first clip that fails.' },
  started_at: TIME,
  completed_at: TIME,
  duration_seconds: { ...SECONDS, description: 'From the start of the job to its end.' },
  _recovery: {
    ...closedObject(recovery),
    description: 'Only for a job that was found cut off when the runner started.',
  },
  _metadata: {
    ...closedObject(metadata, ['asked', 'mapped']),
    description: 'Runner, engine and JobSpec of the result.',
  },
};

/** JSON Schema 2020-12 of the result file, without unknown keys. */
export function resultSchema(): Schema {
  return {
    $schema: DIALECT,
    $id: 'urn:watch-folder-runner:result',
    title: 'Result of a JobSpec',
    description: 'Outcome of a job, written beside its JobSpec in completed/ or failed/.',
    ...closedObject(properties, ['_recovery']),
    allOf: COUPLINGS,
  };
}

const COUPLINGS: readonly Schema[] = [
  when(fieldIs('final_status', 'COMPLETED'), {
    properties: {
      execution_engine: { enum: ENGINES },
      failure_type: { type: 'null' },
      failure_reason: { type: 'null' },
      violations: { maxItems: 0 },
      clips: { minItems: 1, items: { properties: { status: { const: 'COMPLETED' } } } },
      failed_clips: { const: 0 },
    },
  }),
  when(fieldIs('final_status', 'FAILED'), {
    properties: {
      failure_type: { enum: failureTypesOf('FAILED') },
      failure_reason: { type: 'string' },
      violations: { maxItems: 0 },
    },
  }),
  when(fieldIs('final_status', 'PARTIAL'), {
    properties: {
      failure_type: { enum: failureTypesOf('PARTIAL') },
      failure_reason: { type: 'string' },
      clips: { maxItems: 0 },
      completed_clips: { const: 0 },
      failed_clips: { const: 0 },
    },
  }),
  when(
    { allOf: [fieldIs('final_status', 'PARTIAL'), fieldIs('failure_type', ...WITH_VIOLATIONS)] },
    { properties: { violations: { minItems: 1 } } },
    { properties: { violations: { maxItems: 0 } } },
  ),
  when(
    { required: ['_recovery'] },
    { properties: { failure_type: { const: 'RunnerInterrupted' } } },
  ),
];
