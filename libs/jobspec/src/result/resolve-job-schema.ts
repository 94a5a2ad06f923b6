import type { ResolveJob } from './result.ts';
import { closedObject, type Schema } from '../schema/json-schema.ts';
import { COUNT, nullable, ONE_UP, TEXT } from './result-values.ts';

const source: Record<keyof ResolveJob['source'], Schema> = { path: TEXT, start: COUNT, end: COUNT };

const timeline: Record<keyof NonNullable<ResolveJob['timeline']>, Schema> = {
  rate: { ...TEXT, description: 'As Resolve writes it, for example 29.97 DF.' },
  width: ONE_UP,
  height: ONE_UP,
  startTimecode: TEXT,
};

const projectSetting: Record<keyof ResolveJob['project_settings'][string], Schema> = {
  set: TEXT,
  read: { description: 'As Resolve gives it: text, or a number.' },
  answer: { type: 'boolean', description: 'Whether Resolve said that it took the value.' },
};

const sound: Record<keyof NonNullable<ResolveJob['sound']>, Schema> = {
  clip_channels: COUNT,
  proxy_tracks: { type: 'array', items: ONE_UP },
};

const properties: Record<keyof ResolveJob, Schema> = {
  product: nullable(TEXT),
  version: nullable(TEXT),
  python: nullable(TEXT),
  module: nullable(TEXT),
  source: closedObject(source, ['start', 'end']),
  clip: nullable({ type: 'object', description: "The clip's properties in Resolve's words." }),
  timeline: nullable(closedObject(timeline)),
  project_settings: {
    type: 'object',
    additionalProperties: closedObject(projectSetting),
    description: 'Each setting of project and timeline: what was set, read back and answered.',
  },
  colour: { type: 'object', description: "The project's settings of colour, in Resolve's words." },
  format: nullable(TEXT),
  codec: nullable(TEXT),
  settings: { type: 'object', description: 'The render settings that Resolve has taken.' },
  queued: { type: 'object', description: "What of them Resolve's queue shows." },
  refused_settings: {
    type: 'array',
    items: TEXT,
    description: 'Settings of project, timeline and render that Resolve refused.',
  },
  sound: nullable(closedObject(sound)),
  observed: {
    type: 'object',
    description: 'How Resolve behaved where no document says how it does.',
  },
};

/** What was asked of DaVinci Resolve, and who answered. */
export const resolveJobSchema = (): Schema => ({
  ...closedObject(properties, ['colour']),
  description: 'What was asked of DaVinci Resolve, and who answered.',
});
