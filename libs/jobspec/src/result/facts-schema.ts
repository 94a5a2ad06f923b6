import type { Cause } from '../failure/cause.ts';
import type { Schema } from '../schema/json-schema.ts';
import type { ClipFacts, FrameFacts, RequestedProxy } from './facts.ts';
import { COUNT, nullable, TEXT } from './result-values.ts';

/** Facts are added: a reader takes an object that holds more. */
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
    description: 'Tells its look from others; none where colours stay as they are.',
  },
};

const frames: Record<keyof FrameFacts, Schema> = {
  source: { ...nullable(COUNT), description: 'That the source has.' },
  made: { ...nullable(COUNT), description: 'That the proxy has.' },
  repeated: { ...nullable(COUNT), description: 'That the proxy shows once more.' },
  dropped: { ...nullable(COUNT), description: 'That the source has alone.' },
};

const cause: Record<keyof Cause, Schema> = {
  code: { ...TEXT, description: 'From a list that is closed in each version and grows with them.' },
  arguments: {
    type: 'object',
    description: 'What the code is told with; of a long list its start.',
  },
  source_index: { ...COUNT, description: 'Of the source that is to blame, from 0.' },
  retryable: {
    type: 'boolean',
    description:
      'Whether the same job may succeed at another time or on another machine; otherwise JobSpec, source or settings must change first.',
  },
  advice: { ...TEXT, description: 'What to do, for people.' },
};

/** Why a clip or a job failed; `null` without a failure. */
export const causeSchema = (): Schema =>
  nullable(openObject(cause, ['source_index', 'retryable', 'advice']));

const facts: Record<keyof ClipFacts, Schema> = {
  requested: { ...openObject(requested, ['looks']), description: 'What the JobSpec asks for.' },
  frames: openObject(frames),
  timecode: { ...nullable(TEXT), description: 'Of the first frame.' },
  reel: {
    ...nullable(TEXT),
    description: 'Of the source, also where the proxy has no place for it.',
  },
  video_codec: { ...nullable(TEXT), description: 'Of the proxy, as ffprobe names it.' },
  size: { ...nullable(TEXT), description: 'Of a frame in pixels, such as 1920x1080.' },
  frame_rate: { ...nullable(TEXT), description: 'Frames a second, such as 24000/1001.' },
  field_order: nullable(TEXT),
  audio_channels: {
    type: ['array', 'null'],
    items: COUNT,
    description: 'Of each audio track, in order.',
  },
  duration_seconds: { type: ['number', 'null'], minimum: 0 },
  source_size: { ...TEXT, description: 'Of a frame of the source, upright, in pixels.' },
  source_sample_rate: { ...COUNT, description: 'Of its first audio track, in Hz.' },
  cause: { ...causeSchema(), description: 'Why the clip failed.' },
  proved: {
    type: 'boolean',
    description: 'Whether doctor --prove has proved the FFmpeg that made it; absent of Resolve.',
  },
};

/** What the sentences of a clip say, as data. */
export const factsSchema = (): Schema => ({
  ...openObject(facts, ['source_size', 'source_sample_rate', 'proved']),
  description: 'What is known of the clip as data; null for what is not known.',
});
