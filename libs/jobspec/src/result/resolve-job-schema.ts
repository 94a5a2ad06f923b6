import type { ResolveJob } from './result.ts';
import { closedObject, type Schema } from '../schema/json-schema.ts';
import { COUNT, nullable, ONE_UP, TEXT } from './result-values.ts';

const source: Record<keyof ResolveJob['source'], Schema> = { path: TEXT, start: COUNT, end: COUNT };

const timeline: Record<keyof NonNullable<ResolveJob['timeline']>, Schema> = {
  rate: { ...TEXT, description: 'As Resolve writes it, for example 29.97 DF.' },
  width: ONE_UP,
  height: ONE_UP,
  startTimecode: nullable(TEXT),
};

const properties: Record<keyof ResolveJob, Schema> = {
  product: nullable(TEXT),
  version: nullable(TEXT),
  python: nullable(TEXT),
  module: nullable(TEXT),
  source: closedObject(source, ['start', 'end']),
  clip: nullable({ type: 'object', description: "The clip's properties in Resolve's words." }),
  timeline: nullable(closedObject(timeline)),
  format: nullable(TEXT),
  codec: nullable(TEXT),
  settings: { type: 'object', description: 'The render settings that Resolve has taken.' },
  refused_settings: { type: 'array', items: TEXT },
};

/** What was asked of DaVinci Resolve, and who answered. */
export const resolveJobSchema = (): Schema => ({
  ...closedObject(properties),
  description: 'What was asked of DaVinci Resolve, and who answered.',
});
