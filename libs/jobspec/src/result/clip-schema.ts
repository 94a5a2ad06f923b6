import { failureTypesOf } from '../failure/failure-types.ts';
import { type EngineName, ENGINES } from '../vocabulary/vocabulary.ts';
import {
  closedObject,
  COUNT,
  fieldIs,
  nullable,
  ONE_UP,
  REASON,
  type Schema,
  SECONDS,
  TEXT,
  TIME,
  when,
} from '../schema/json-schema.ts';
import type { Cause } from '../failure/cause.ts';
import {
  ATTEMPT_REASONS,
  type ClipAttempt,
  type ClipPicture,
  type ClipResult,
  type ProresQuantiser,
  type VerificationCheck,
} from './result.ts';
import type { ClipFacts, FrameFacts, RequestedProxy, TrackLoudness } from './facts.ts';

/** Schema of an object that may have more keys: facts are added over time. */
const openObject = (properties: Readonly<Record<string, Schema>>, optional: string[] = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});

const requested: Record<keyof RequestedProxy, Schema> = {
  codec: TEXT,
  container: TEXT,
  resolution: TEXT,
  fps: {
    type: ['number', 'null'],
    exclusiveMinimum: 0,
    description: 'null keeps the rate of the source.',
  },
  looks: {
    type: 'array',
    items: TEXT,
    description: 'Keys of looks; none if colours stay unchanged.',
  },
};

const frames: Record<keyof FrameFacts, Schema> = {
  source: { ...nullable(COUNT), description: 'Frames of the source.' },
  made: { ...nullable(COUNT), description: 'Frames of the proxy.' },
  repeated: { ...nullable(COUNT), description: 'Frames repeated in the proxy.' },
  dropped: { ...nullable(COUNT), description: 'Frames that only the source has.' },
};

const cause: Record<keyof Cause, Schema> = {
  code: { ...TEXT, description: 'Code of a list that is closed in each version.' },
  arguments: {
    type: 'object',
    additionalProperties: {
      type: ['string', 'number', 'boolean', 'null', 'array'],
      items: { type: 'string' },
    },
    description: 'Arguments of the code; of a long list its start.',
  },
  source_index: { ...COUNT, description: 'Index of the source at fault, from 0.' },
  retryable: {
    type: 'boolean',
    description:
      'Whether the same job may succeed at another time or on another machine; otherwise JobSpec, source or settings must change first.',
  },
  advice: { ...TEXT, description: 'Advice for people.' },
};

/** Schema of the cause of a failed clip or job; `null` without a failure. */
export const causeSchema = nullable(openObject(cause, ['source_index', 'retryable', 'advice']));

const loudness: Record<keyof TrackLoudness, Schema> = {
  integrated_lufs: { type: ['number', 'null'], description: 'null for silence.' },
  true_peak_dbtp: { type: ['number', 'null'], description: 'null for silence.' },
};

const facts: Record<keyof ClipFacts, Schema> = {
  requested: { ...openObject(requested, ['looks']), description: 'What the JobSpec asks for.' },
  frames: openObject(frames),
  timecode: { ...nullable(TEXT), description: 'Timecode of the first frame.' },
  reel: {
    ...nullable(TEXT),
    description: 'Reel of the source, even if the proxy has no place for it.',
  },
  video_codec: { ...nullable(TEXT), description: 'Codec of the proxy, by its name in ffprobe.' },
  size: { ...nullable(TEXT), description: 'Frame size in pixels, such as 1920x1080.' },
  frame_rate: { ...nullable(TEXT), description: 'Frames per second, such as 24000/1001.' },
  field_order: nullable(TEXT),
  audio_channels: {
    type: ['array', 'null'],
    items: COUNT,
    description: 'Channels of each audio track, in order.',
  },
  duration_seconds: { type: ['number', 'null'], minimum: 0 },
  source_size: { ...TEXT, description: 'Frame size of the source, upright, in pixels.' },
  source_sample_rate: { ...COUNT, description: 'Sample rate of its first audio track, in Hz.' },
  loudness: {
    type: 'array',
    items: openObject(loudness),
    description: 'Loudness of each audio track, in order, by EBU R 128.',
  },
  compared_size: {
    ...TEXT,
    description: 'Size of the copies by which each frame was compared with its source, in pixels.',
  },
  cause: { ...causeSchema, description: 'Cause of the clip failure.' },
  proved: {
    type: 'boolean',
    description: 'Whether doctor --prove has proved the FFmpeg that made it; absent for Resolve.',
  },
};

const LIMIT: Schema = { type: 'number', minimum: 0 };

const check: Record<keyof VerificationCheck, Schema> = {
  check: TEXT,
  expected: {},
  actual: {},
  tolerance: {
    description: 'Allowed difference: a number, or one for each name in `actual`.',
    anyOf: [LIMIT, { type: 'object', additionalProperties: LIMIT }],
  },
  passed: { type: 'boolean' },
};

const SIDE: Schema = { ...ONE_UP, maximum: 4096 };
const picture: Record<keyof ClipPicture, Schema> = {
  path: { ...TEXT, description: 'Path of a JPEG file, which may have been removed since.' },
  frame: { ...COUNT, description: 'Frame number in the proxy, from 0.' },
  timecode: nullable(TEXT),
  width: SIDE,
  height: SIDE,
  beside_source: {
    const: true,
    description: 'True for a frame that failed a check: its left half is the frame of the source.',
  },
};

const quantiser: Record<keyof ProresQuantiser, Schema> = {
  quantiser: {
    type: ['integer', 'null'],
    minimum: 1,
    description: "Quantiser of every slice; null leaves the choice to the encoder's search.",
  },
  reason: TEXT,
  size: {
    type: ['number', 'null'],
    minimum: 0,
    description: 'Expected size relative to that of the search.',
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
    description: 'Exit code of the encoder; null if it was never started or was ended by a signal.',
  },
  output_exists: { type: 'boolean' },
  output_size_bytes: { type: ['integer', 'null'], minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
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
    description: 'Command that ran, for a failed clip.',
  },
  prores_quantiser: {
    ...closedObject(quantiser),
    description: 'Quantiser of ProRes.',
  },
  resolve_job: {
    type: 'object',
    description: 'Render requested of DaVinci Resolve, and the version that answered.',
  },
  failure_type: { enum: [...failureTypesOf('FAILED'), null] },
  failure_reason: REASON,
  stderr: nullable({ type: 'string' }),
  partial_output_path: { ...nullable(TEXT), description: 'Path of the incomplete output.' },
  warnings: { type: 'array', items: TEXT },
  verification: {
    type: 'array',
    items: closedObject(check, ['tolerance']),
    description: 'Comparisons of the finished proxy.',
  },
  pictures: {
    type: 'array',
    maxItems: 6,
    items: closedObject(picture, ['beside_source']),
    description:
      'Thumbnails of the start, the middle and the end of the proxy, and of frames that failed a check.',
  },
  output_xxh64: {
    ...nullable({ type: 'string', pattern: '^[0-9a-f]{16}$' }),
    description: 'XXH64 of the published file; null without one.',
  },
  facts: {
    ...openObject(facts, [
      'source_size',
      'source_sample_rate',
      'loudness',
      'compared_size',
      'proved',
    ]),
    description: 'Facts of the clip as data; null if unknown.',
  },
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

/** Requires the engine's record of a completed clip, and forbids those of other engines. */
const onlyRecordOf = (engine: EngineName): Schema => ({
  properties: Object.fromEntries(
    ENGINES.filter((other) => other !== engine).map((other) => [RECORDS[other], false]),
  ),
  anyOf: [fieldIs('status', 'FAILED'), { required: [RECORDS[engine]] }],
});

/** Schema of one clip, made by exactly one engine. */
export const clipSchema = (): Schema => ({
  ...closedObject(properties, [
    'ffmpeg_command',
    'executed_command',
    'prores_quantiser',
    'resolve_job',
  ]),
  allOf: [
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
      { properties: { failure_type: { type: 'string' }, failure_reason: { type: 'string' } } },
    ),
  ],
});
