import {
  createFormatter,
  createParser,
  DEFAULT_CONFIG,
  SchemaGenerator,
} from 'ts-json-schema-generator';
import ts from 'typescript';
import { failureTypesOf, WITH_VIOLATIONS } from '../failure/failure-types.ts';
import type { ClipResult } from '../result/result.ts';
import { DIALECT, fieldIs, type Schema, when } from '../schema/json-schema.ts';
import { CODECS, CONTAINERS, type EngineName, ENGINES } from '../vocabulary/vocabulary.ts';

const TYPES = new URL('../result/result.ts', import.meta.url).pathname;

/**
 * Tags of TSDoc besides the keywords of JSON Schema. `open`: keys may be added. `opaque`: any object, whatever its type says.
 * `written`: `null` only where a result lacks it; the runner always writes it.
 */
const TAGS = ['open', 'opaque', 'written', 'dependentRequired'];

/**
 * JSON Schema 2020-12 of the result file, from the type `JobResult`: values by types and tags, descriptions by TSDoc. Conditions
 * between fields are added here.
 */
export function schemaOfResult(): Schema {
  const config = { ...DEFAULT_CONFIG, expose: 'none', topRef: false, extraTags: TAGS } as const;
  const options = { sortProps: false, type: 'JobResult', path: TYPES };
  const program = ts.createProgram([TYPES], {
    module: ts.ModuleKind.NodeNext,
    lib: ['lib.es5.d.ts'],
    types: [],
    strict: true,
    allowImportingTsExtensions: true,
    noEmit: true,
  });
  const parser = createParser(program, { ...config, ...options });
  const generator = new SchemaGenerator(program, parser, createFormatter(config), config);
  const {
    $schema: _,
    definitions: __,
    ...job
  } = tidied(generator.createSchema('JobResult') as Schema);
  const clip = withCouplings(job, 'clips', CLIP_COUPLINGS);
  return {
    $schema: DIALECT,
    $id: 'urn:watch-folder-runner:result',
    title: 'Result of a JobSpec',
    ...clip,
    allOf: COUPLINGS,
  };
}

type Properties = Readonly<Record<string, Schema>>;

function withCouplings(schema: Schema, list: string, allOf: readonly Schema[]): Schema {
  const properties = schema['properties'] as Properties;
  const { items, ...rest } = properties[list] as Schema;
  const coupled = { ...rest, items: { ...(items as Schema), allOf } };
  return { ...schema, properties: { ...properties, [list]: coupled } };
}

/** Schema with the custom tags applied, and with alternatives as a list of types where that says the same. */
function tidied({ open, opaque, written, ...schema }: Schema): Schema {
  const { type, anyOf, enum: known, const: only, description, ...rest } = schema;
  const about = description === undefined ? {} : { description };
  if (opaque) return { type: 'object', ...about };
  if (known || only !== undefined)
    return { ...(known ? { enum: known } : { const: only }), ...about };
  if (Array.isArray(anyOf))
    return { ...oneOf(anyOf.map(tidied), written === true), ...rest, ...about };
  const { items, properties, additionalProperties, ...others } = rest;
  return {
    ...(type !== undefined && { type }),
    ...others,
    ...(items !== undefined && { items: tidied(items as Schema) }),
    ...(properties !== undefined && {
      properties: Object.fromEntries(
        Object.entries(properties as Properties).map(([key, one]) => [key, tidied(one)]),
      ),
    }),
    ...(additionalProperties !== undefined &&
      !open && {
        additionalProperties: additionalProperties && tidied(additionalProperties as Schema),
      }),
    ...about,
  };
}

function oneOf(schemas: readonly Schema[], isNeverNull: boolean): Schema {
  const kept = schemas.filter(({ type }) => type !== 'null' || !isNeverNull);
  const objects = kept.filter(({ type }) => type === 'object');
  const isMixed =
    objects.length > 0 && kept.some(({ type }) => type !== 'object' && type !== 'null');
  if (isMixed) return { anyOf: kept };
  const types = kept.flatMap(({ type }) => type);
  return { ...Object.assign({}, ...kept), type: types.length === 1 ? types[0] : types };
}

const NULL: Schema = { type: 'null' };

const RECORDS = { ffmpeg: 'ffmpeg_command', resolve: 'resolve_job' } as const satisfies Record<
  EngineName,
  keyof ClipResult
>;

/** Requires the engine's record of a completed clip, and forbids those of other engines. */
const onlyRecordOf = (engine: EngineName): Schema => ({
  properties: Object.fromEntries(
    ENGINES.filter((other) => other !== engine).map((other) => [RECORDS[other], false]),
  ),
  anyOf: [fieldIs('status', 'FAILED'), { required: [RECORDS[engine]] }],
});

const CLIP_COUPLINGS: readonly Schema[] = [
  // A clip that failed before its engine started has neither record.
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
    {
      properties: {
        failure_type: { enum: failureTypesOf('FAILED') },
        failure_reason: { type: 'string' },
      },
    },
  ),
];

const ASKED: Schema = {
  properties: { codec: { enum: CODECS }, container: { enum: CONTAINERS } },
};

const COUPLINGS: readonly Schema[] = [
  // Readers take other codecs, too: results of other versions may have them.
  { properties: { _metadata: { properties: { asked: ASKED } } } },
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
