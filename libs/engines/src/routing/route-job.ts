import { type EngineName, JobFailure } from '@app/jobspec';
import { routingReason, type SourceRefusal, type SourceRoute } from './source-route.ts';

/** The engine that makes a whole job, and why. */
export interface JobRoute {
  engine: EngineName;
  /** Becomes `engine_routing_reason` of the result. */
  reason: string;
}

/**
 * Brings the verdicts on all sources of a job, one or more, to one engine.
 *
 * @throws JobFailure `UnsupportedFormatError` naming every source that no engine takes; otherwise
 * `MixedEngineError` when the sources need different engines.
 */
export function routeJob(verdicts: readonly (SourceRoute | SourceRefusal)[]): JobRoute {
  const refusals = verdicts.filter((verdict) => verdict.engine === null);
  if (refusals.length > 0) {
    const problems = refusals.map(({ problem }) => problem).join(' ');
    throw new JobFailure('UnsupportedFormatError', `Unsupported format: ${problems}`);
  }
  const routes = verdicts.filter((verdict) => verdict.engine !== null);
  const resolveSources = routes.filter(({ engine }) => engine === 'resolve').length;
  const ffmpegSources = routes.length - resolveSources;
  if (ffmpegSources > 0 && resolveSources > 0) {
    throw new JobFailure('MixedEngineError', mixedEngines(ffmpegSources, resolveSources));
  }
  const engine = resolveSources > 0 ? 'resolve' : 'ffmpeg';
  const codecs = routes.map(({ codec }) => codec);
  return { engine, reason: routingReason(engine, codecs) };
}

function mixedEngines(ffmpeg: number, resolve: number): string {
  return (
    'Job contains sources requiring different engines. ' +
    `FFmpeg sources: ${ffmpeg}, Resolve sources: ${resolve}. ` +
    'Split into separate jobs or transcode RAW files to an intermediate codec.'
  );
}
