import { type EngineName, JobFailure } from '@app/jobspec';
import { routingReason, type SourceRefusal, type SourceRoute } from './source-route.ts';

/** The engine that makes a whole job, and why. */
export interface JobRoute {
  engine: EngineName;
  /** Becomes `engine_routing_reason` of the result. */
  reason: string;
}

/** As many sources of a mixed job as its sentence names. */
const MOST_NAMED = 3;

/**
 * Brings the verdicts on all sources of a job, one or more, to one engine.
 *
 * @param paths of the sources, in the order of the verdicts.
 * @throws JobFailure `UnsupportedFormatError` naming every source that no engine takes; otherwise
 * `MixedEngineError` when the sources need different engines.
 */
export function routeJob(
  verdicts: readonly (SourceRoute | SourceRefusal)[],
  paths: readonly string[],
): JobRoute {
  const refusals = verdicts.filter((verdict) => verdict.engine === null);
  if (refusals.length > 0) {
    const problems = refusals.map(({ problem }) => problem).join(' ');
    throw new JobFailure('UnsupportedFormatError', `Unsupported format: ${problems}`);
  }
  const routes = verdicts.filter((verdict) => verdict.engine !== null);
  const pathsOf = (name: EngineName) => paths.filter((_, index) => routes[index]?.engine === name);
  const [ffmpeg, resolve] = [pathsOf('ffmpeg'), pathsOf('resolve')];
  if (ffmpeg.length > 0 && resolve.length > 0) {
    throw new JobFailure('MixedEngineError', mixedEngines(ffmpeg, resolve));
  }
  const engine = resolve.length > 0 ? 'resolve' : 'ffmpeg';
  const codecs = routes.map(({ codec }) => codec);
  return { engine, reason: routingReason(engine, codecs) };
}

function mixedEngines(ffmpeg: readonly string[], resolve: readonly string[]): string {
  const [few, engine] = ffmpeg.length < resolve.length ? [ffmpeg, 'FFmpeg'] : [resolve, 'Resolve'];
  const more = few.length > MOST_NAMED ? `, and ${few.length - MOST_NAMED} more` : '';
  return (
    'Job contains sources requiring different engines. ' +
    `FFmpeg sources: ${ffmpeg.length}, Resolve sources: ${resolve.length}. ` +
    'Split into separate jobs or transcode RAW files to an intermediate codec. ' +
    `For ${engine}: ${few.slice(0, MOST_NAMED).join(', ')}${more}`
  );
}
