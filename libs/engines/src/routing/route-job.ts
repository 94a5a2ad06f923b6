import { type EngineName, ENGINES, JobFailure, unsupportedFormat } from '@app/jobspec';
import { needsEngine, routingReason } from './engine-words.ts';
import type { SourceRefusal, SourceRoute } from './source-route.ts';

/** The engine that makes a whole job, and why. */
export interface JobRoute {
  engine: EngineName;
  /** Becomes `engine_routing_reason` of the result. */
  reason: string;
}

/**
 * Brings the verdicts on all sources of a job, one or more, to one engine.
 *
 * @param paths of the sources, in the order of the verdicts.
 * @throws JobFailure `UnsupportedFormatError` naming every source that no engine takes, with a violation for each; otherwise
 * `MixedEngineError` when the sources need different engines, with the engine of each.
 */
export function routeJob(
  verdicts: readonly (SourceRoute | SourceRefusal)[],
  paths: readonly string[],
): JobRoute {
  const refused = new Map(
    [...verdicts.entries()].filter(
      (entry): entry is [number, SourceRefusal] => entry[1].engine === null,
    ),
  );
  if (refused.size > 0) throw unsupportedFormat(refused);
  const routes = verdicts.filter((verdict) => verdict.engine !== null);
  const takenBy = (engine: EngineName) =>
    paths.filter((_, index) => routes[index]?.engine === engine);
  const byEngine: Record<EngineName, string[]> = {
    ffmpeg: takenBy('ffmpeg'),
    resolve: takenBy('resolve'),
  };
  const [engine, ...others] = ENGINES.filter((one) => byEngine[one].length > 0);
  if (engine === undefined) throw new TypeError('Expected a job of one source or more');
  if (others.length > 0) {
    const needs = routes.map((route, index) => ({
      path: `sources[${index}]`,
      message: needsEngine(paths[index] ?? '', route.engine),
    }));
    throw new JobFailure('engines_mixed', byEngine, { violations: needs });
  }
  const codecs = routes.map(({ codec }) => codec);
  return { engine, reason: routingReason(engine, codecs) };
}
