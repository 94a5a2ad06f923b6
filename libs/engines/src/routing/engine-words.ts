import { ENGINE_TITLES, type EngineName } from '@app/jobspec';

/** Completes `Source codec 'x' …` and `Source codecs 'x', 'y' …`; every engine is one row. */
const TAKES: Record<EngineName, readonly [one: string, many: string]> = {
  ffmpeg: ['is decoded by FFmpeg', 'are decoded by FFmpeg'],
  resolve: ['requires DaVinci Resolve', 'require DaVinci Resolve'],
};

/** Why `engine` takes sources of these codecs; each codec is named once, in the order of the sources. */
export function routingReason(engine: EngineName, codecs: readonly string[]): string {
  const names = [...new Set(codecs)].map((codec) => `'${codec}'`);
  const [one, many] = TAKES[engine];
  return names.length === 1
    ? `Source codec ${names.join()} ${one}`
    : `Source codecs ${names.join(', ')} ${many}`;
}

/** Says which engine a source of a mixed job needs. */
export function needsEngine(path: string, engine: EngineName): string {
  return `${path} needs ${ENGINE_TITLES[engine]}`;
}
