import { ENGINES, type EngineName } from '@app/jobspec';

/** How people are told of an engine; every engine is one row. */
interface EngineWords {
  title: string;
  /** Completes `Source codec 'x' …` and `Source codecs 'x', 'y' …`. */
  takes: readonly [one: string, many: string];
}

const ENGINE_WORDS: Record<EngineName, EngineWords> = {
  ffmpeg: { title: 'FFmpeg', takes: ['is decoded by FFmpeg', 'are decoded by FFmpeg'] },
  resolve: { title: 'Resolve', takes: ['requires DaVinci Resolve', 'require DaVinci Resolve'] },
};

/** As many sources of a mixed job as its sentence names. */
const MOST_NAMED = 3;

/** Why `engine` takes sources of these codecs; each codec is named once, in the order of the sources. */
export function routingReason(engine: EngineName, codecs: readonly string[]): string {
  const names = [...new Set(codecs)].map((codec) => `'${codec}'`);
  const [one, many] = ENGINE_WORDS[engine].takes;
  return names.length === 1
    ? `Source codec ${names.join()} ${one}`
    : `Source codecs ${names.join(', ')} ${many}`;
}

/** Says which engine a source of a mixed job needs. */
export function needsEngine(path: string, engine: EngineName): string {
  return `${path} needs ${ENGINE_WORDS[engine].title}`;
}

/**
 * Says that sources need more than one engine, and names the first of each.
 *
 * @param paths of the sources by engine, each with one at least.
 */
export function mixedEngines(paths: ReadonlyMap<EngineName, readonly string[]>): string {
  const engines = ENGINES.filter((engine) => paths.has(engine));
  const pathsOf = (engine: EngineName) => paths.get(engine) ?? [];
  const counts = engines.map(
    (engine) => `${ENGINE_WORDS[engine].title} sources: ${pathsOf(engine).length}`,
  );
  const named = engines.map((engine) => {
    const rest = pathsOf(engine).length - MOST_NAMED;
    const first = pathsOf(engine).slice(0, MOST_NAMED).join(', ');
    return `For ${ENGINE_WORDS[engine].title}: ${first}${rest > 0 ? `, and ${rest} more` : ''}`;
  });
  return (
    `Job contains sources requiring different engines. ${counts.join(', ')}. ` +
    'Split into separate jobs or transcode RAW files to an intermediate codec. ' +
    named.join('. ')
  );
}
