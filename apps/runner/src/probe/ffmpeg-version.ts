/** The version in what `ffmpeg -version` prints, for example `ffmpeg 7.1.5-0+deb13u1`; `null` when there is none. */
export function versionIn(output: string): string | null {
  const version = /^ffmpeg version (\S+)/.exec(output)?.[1];
  return version === undefined ? null : `ffmpeg ${version}`;
}
