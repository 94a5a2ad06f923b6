import type { JobSpec } from '../vocabulary/job-spec.ts';
import type { RequestedProxy } from './facts.ts';
import { lookKeys } from './looks.ts';

/** What a JobSpec asks for of each of its sources. */
export function requestedProxy({
  codec,
  container,
  resolution,
  fps_mode,
  fps_explicit,
  viewing,
  jobspec_version: _version,
  job_id: _id,
  sources: _sources,
  output_directory: _directory,
  naming_template: _template,
  resolved_tokens: _tokens,
  created_at: _created,
  $schema: _schema,
  ...forgotten
}: JobSpec): RequestedProxy {
  // A field that is added to the contract must be used here, or named as one that tells no proxy from another.
  forgotten satisfies Record<string, never>;
  const fps = fps_mode === 'explicit' ? fps_explicit : null;
  return { codec, container, resolution, fps, looks: lookKeys(viewing) };
}

/** What is asked for of one source, by its place among them. */
export function requestedOf(requested: RequestedProxy, index: number): RequestedProxy {
  const { looks } = requested;
  return looks.length > 1 ? { ...requested, looks: looks.slice(index, index + 1) } : requested;
}
