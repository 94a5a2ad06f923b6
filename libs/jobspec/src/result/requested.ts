import type { JobSpec } from '../vocabulary/job-spec.ts';
import type { RequestedProxy } from './facts.ts';
import { lookKeys } from './looks.ts';

/** Proxies that a JobSpec requests for its sources. */
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
  // A new field of the contract must be used here, or named as one that doesn't distinguish proxies.
  forgotten satisfies Record<string, never>;
  const fps = fps_mode === 'explicit' ? fps_explicit : null;
  return { codec, container, resolution, fps, looks: lookKeys(viewing) };
}

/** Requested proxy of one source, by its index. */
export function requestedOf(requested: RequestedProxy, index: number): RequestedProxy {
  const { looks } = requested;
  return looks.length > 1 ? { ...requested, looks: looks.slice(index, index + 1) } : requested;
}
