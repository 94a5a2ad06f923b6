/** Said of a missing FFmpeg, in results too. */
export const FFMPEG_NOT_FOUND = 'FFmpeg not found. Install FFmpeg to use headless execution.';

/** The version in what `ffmpeg -version` prints, for example `ffmpeg 7.1.5-0+deb13u1`; `null` when there is none. */
export function versionIn(output: string): string | null {
  const version = /^ffmpeg version (\S+)/.exec(output)?.[1];
  return version === undefined ? null : `ffmpeg ${version}`;
}

/** Says of an FFmpeg without a version that it can't be used. */
export function brokenFfmpeg(path: string, ending: string | number | null): string {
  return `FFmpeg at ${path} does not run: "ffmpeg -version" ended with ${ending}. Reinstall FFmpeg.`;
}
