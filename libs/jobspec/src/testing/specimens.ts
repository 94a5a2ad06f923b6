import { JobFailure } from '../failure/job-failure.ts';
import { fieldsOf } from '../contract/fields.ts';
import { parseJobSpec } from '../contract/parse-job-spec.ts';
import type { JobSpecField } from '../vocabulary/job-spec.ts';

import * as say from '../wording/messages.ts';

export type Fields = { [field in JobSpecField]?: unknown } & Record<string, unknown>;

/** Complete valid JobSpec; a field overridden with `undefined` is left out. */
export const jobSpec = (overrides: Fields = {}): Fields => ({
  jobspec_version: '2.1',
  job_id: 'A001-dailies',
  sources: ['/media/A001C001.mov', '/media/A001C002.mov'],
  output_directory: '/proxies',
  codec: 'prores_proxy',
  container: 'mov',
  resolution: 'half',
  fps_mode: 'same-as-source',
  fps_explicit: null,
  naming_template: '{source_name}_proxy',
  resolved_tokens: { reel: 'A001' },
  created_at: '2025-12-28T12:00:00+01:00',
  $schema: './jobspec.schema.json',
  ...overrides,
});

/** Message for a field that the contract doesn't have. */
export const unknownField = (path: string) => say.unknownField(path, fieldsOf('2.1'));

/** Fields as read from a file: objects are maps. */
export const asRead = ({ resolved_tokens, ...fields }: Fields): Fields => ({
  ...fields,
  ...(resolved_tokens instanceof Object && {
    resolved_tokens: new Map(Object.entries(resolved_tokens)),
  }),
});

export const bytesOf = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

/** Failure with which a file is refused; throws if it is accepted. */
export function refusalOf(file: unknown): JobFailure {
  try {
    parseJobSpec(file instanceof Uint8Array ? file : bytesOf(file));
  } catch (error) {
    if (error instanceof JobFailure) return error;
    throw error;
  }
  throw new Error('the JobSpec was accepted');
}

/** Path and message of each violation. */
export const violationsOf = (file: unknown) =>
  refusalOf(file).violations.map(({ path, message }) => [path, message]);
