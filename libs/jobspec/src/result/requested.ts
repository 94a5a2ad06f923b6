import type { JobSpec } from '../vocabulary/job-spec.ts';
import type { RequestedProxy } from './facts.ts';
import { lookKeys } from './look-keys.ts';

type Asked = Pick<
  JobSpec,
  'codec' | 'container' | 'resolution' | 'fps_mode' | 'fps_explicit' | 'viewing'
>;

/** What a JobSpec asks for of each of its sources. */
export function requestedProxy(jobSpec: Asked): RequestedProxy {
  const { codec, container, resolution, fps_mode, fps_explicit, viewing } = jobSpec;
  const fps = fps_mode === 'explicit' ? fps_explicit : null;
  return { codec, container, resolution, fps, looks: lookKeys(viewing) };
}

/** What is asked for of one source, by its place among them. */
export function requestedOf(requested: RequestedProxy, index: number): RequestedProxy {
  const { looks } = requested;
  return looks.length > 1 ? { ...requested, looks: looks.slice(index, index + 1) } : requested;
}
