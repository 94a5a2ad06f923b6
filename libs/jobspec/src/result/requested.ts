import type { JobSpec } from '../vocabulary/job-spec.ts';
import type { RequestedProxy } from './facts.ts';

type Asked = Pick<JobSpec, 'codec' | 'container' | 'resolution' | 'fps_mode' | 'fps_explicit'>;

/** What a JobSpec asks for of each of its sources. */
export function requestedProxy(jobSpec: Asked): RequestedProxy {
  const { codec, container, resolution, fps_mode, fps_explicit } = jobSpec;
  return { codec, container, resolution, fps: fps_mode === 'explicit' ? fps_explicit : null };
}
