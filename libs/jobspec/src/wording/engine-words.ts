import { ENGINES, type EngineName } from '../vocabulary/vocabulary.ts';

/** What people call the engines. */
export const ENGINE_TITLES: Record<EngineName, string> = { ffmpeg: 'FFmpeg', resolve: 'Resolve' };

export const FFMPEG_NOT_FOUND = 'FFmpeg not found. Install FFmpeg to use headless execution.';

/** Says of an FFmpeg without a version that it can't be used. */
export const brokenFfmpeg = (path: string, ending: string | number | null) =>
  `FFmpeg at ${path} does not run: "ffmpeg -version" ended with ${ending}. Reinstall FFmpeg.`;

/** As many sources of a mixed job as its sentence names. */
const MOST_NAMED = 3;

/**
 * Says that sources need more than one engine, and names the first of each.
 *
 * @param sources by engine; none where it takes none.
 */
export function mixedEngines(sources: Readonly<Record<EngineName, readonly string[]>>): string {
  const engines = ENGINES.filter((engine) => sources[engine].length > 0);
  const counts = engines.map(
    (engine) => `${ENGINE_TITLES[engine]} sources: ${sources[engine].length}`,
  );
  const named = engines.map((engine) => {
    const rest = sources[engine].length - MOST_NAMED;
    const first = sources[engine].slice(0, MOST_NAMED).join(', ');
    return `For ${ENGINE_TITLES[engine]}: ${first}${rest > 0 ? `, and ${rest} more` : ''}`;
  });
  return (
    `Job contains sources requiring different engines. ${counts.join(', ')}. ` +
    'Split into separate jobs or transcode RAW files to an intermediate codec. ' +
    named.join('. ')
  );
}
