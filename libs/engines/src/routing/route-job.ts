import { type EngineName, ENGINES, JobFailure } from '@app/jobspec';
import { mixedEngines, needsEngine, routingReason } from './engine-words.ts';
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
  const violations = verdicts.flatMap((verdict, index) =>
    verdict.engine === null ? [{ path: `sources[${index}]`, message: verdict.problem }] : [],
  );
  if (violations.length > 0) {
    const problems = violations.map(({ message }) => message).join(' ');
    const reason = `Unsupported format: ${problems}`;
    throw new JobFailure('UnsupportedFormatError', reason, { violations });
  }
  const routes = verdicts.filter((verdict) => verdict.engine !== null);
  const byEngine = new Map<EngineName, string[]>();
  for (const engine of ENGINES) {
    const taken = paths.filter((_, index) => routes[index]?.engine === engine);
    if (taken.length > 0) byEngine.set(engine, taken);
  }
  const [engine, ...others] = byEngine.keys();
  if (engine === undefined) throw new TypeError('Expected a job of one source or more');
  if (others.length > 0) {
    const needs = routes.map((route, index) => ({
      path: `sources[${index}]`,
      message: needsEngine(paths[index] ?? '', route.engine),
    }));
    throw new JobFailure('MixedEngineError', mixedEngines(byEngine), { violations: needs });
  }
  const codecs = routes.map(({ codec }) => codec);
  return { engine, reason: routingReason(engine, codecs) };
}
