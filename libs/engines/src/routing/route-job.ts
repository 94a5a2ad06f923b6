import {
  ENGINE_TITLES,
  type EngineName,
  ENGINES,
  JobFailure,
  unsupportedFormat,
} from '@app/jobspec';
import type { SourceRefusal, SourceRoute } from './route-source.ts';

/** Engine that makes a whole job, and the reason. */
export interface JobRoute {
  engine: EngineName;
  /** Becomes `engine_routing_reason` of the result. */
  reason: string;
}

/**
 * Picks one engine for all sources of a job.
 *
 * @param verdicts on one or more sources.
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
  const byEngine = Object.fromEntries(
    ENGINES.map((engine) => [engine, paths.filter((_, index) => routes[index]?.engine === engine)]),
  ) as Record<EngineName, string[]>;
  const [engine, ...others] = ENGINES.filter((one) => byEngine[one].length > 0);
  if (engine === undefined) throw new TypeError('Expected a job of one source or more');
  if (others.length > 0) {
    const needs = routes.map((route, index) => ({
      path: `sources[${index}]`,
      message: `${paths[index]} needs ${ENGINE_TITLES[route.engine]}`,
    }));
    throw new JobFailure('engines_mixed', byEngine, { violations: needs });
  }
  const codecs = routes.map(({ codec }) => codec);
  return { engine, reason: routingReason(engine, codecs) };
}

/** Completes `Source codec 'x' …` and `Source codecs 'x', 'y' …`. */
const TAKES: Record<EngineName, readonly [one: string, many: string]> = {
  ffmpeg: ['is decoded by FFmpeg', 'are decoded by FFmpeg'],
  resolve: ['requires DaVinci Resolve', 'require DaVinci Resolve'],
};

/** Reason why `engine` takes sources of these codecs; each codec is named once, in the order of the sources. */
function routingReason(engine: EngineName, codecs: readonly string[]): string {
  const names = [...new Set(codecs)].map((codec) => `'${codec}'`);
  const [one, many] = TAKES[engine];
  return names.length === 1
    ? `Source codec ${names.join()} ${one}`
    : `Source codecs ${names.join(', ')} ${many}`;
}
