import * as proxy from '../fields/proxy.ts';
import { createdAt, namingTemplate } from '../fields/naming-template.ts';
import type { Field, FieldOf } from '../fields/field.ts';
import { viewing } from '../fields/viewing.ts';
import type { JobSpec, JobSpecField } from '../vocabulary/job-spec.ts';
import {
  JOBSPEC_VERSION,
  JOBSPEC_VERSIONS,
  type JobSpecVersion,
} from '../vocabulary/vocabulary.ts';

/** Fields of a JobSpec, in the order of the contract. Validation, JSON Schema and the order of violations follow this table. */
export const FIELDS: { readonly [name in JobSpecField]-?: FieldOf<JobSpec[name]> } = {
  jobspec_version: proxy.jobspecVersion,
  job_id: proxy.jobId,
  sources: proxy.sources,
  output_directory: proxy.outputDirectory,
  codec: proxy.codec,
  container: proxy.container,
  resolution: proxy.resolution,
  fps_mode: proxy.fpsMode,
  fps_explicit: proxy.fpsExplicit,
  naming_template: namingTemplate,
  resolved_tokens: proxy.resolvedTokens,
  created_at: createdAt,
  viewing,
  $schema: proxy.schemaAddress,
};

/** Newest version, which has every field. */
export const NEWEST = JOBSPEC_VERSIONS[JOBSPEC_VERSIONS.length - 1] as JobSpecVersion;

export const JOBSPEC_FIELDS = Object.keys(FIELDS) as readonly JobSpecField[];

/** Names of the fields in a contract version. An unknown version counts as the oldest. */
export function fieldsOf(version: unknown): readonly JobSpecField[] {
  return entriesOf(version).map(([name]) => name);
}

/** Default values of absent fields. */
export const DEFAULTS: Partial<JobSpec> = Object.fromEntries(
  entries().flatMap(([name, field]) => ('default' in field ? [[name, field.default]] : [])),
);

/** Fields with their names. */
export function entries(): [JobSpecField, Field][] {
  return Object.entries(FIELDS) as [JobSpecField, Field][];
}

/** Fields of a contract version with their names, see {@link fieldsOf}. */
export function entriesOf(version: unknown): [JobSpecField, Field][] {
  const place = Math.max(0, placeOf(version));
  return entries().filter(([, { since = JOBSPEC_VERSION }]) => placeOf(since) <= place);
}

/** Versions that have a field. */
export function versionsOf({ since = JOBSPEC_VERSION }: Field): readonly JobSpecVersion[] {
  return JOBSPEC_VERSIONS.slice(placeOf(since));
}

function placeOf(version: unknown): number {
  return JOBSPEC_VERSIONS.findIndex((one) => one === version);
}
