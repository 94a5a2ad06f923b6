import { JobFailure } from '@app/jobspec';
import { findExecutable } from '../process/find-executable.ts';

/** @throws JobFailure `EngineUnavailableError` when the program is not on the PATH. */
export async function requireTool(name: 'ffmpeg' | 'ffprobe'): Promise<string> {
  const path = await findExecutable(name);
  if (path !== null) return path;
  throw new JobFailure(
    'EngineUnavailableError',
    'FFmpeg not found. Install FFmpeg to use headless execution.' +
      (name === 'ffprobe' ? ' (ffprobe, which belongs to it, is missing.)' : ''),
  );
}

/** The version in what `ffmpeg -version` prints, for example `ffmpeg 7.1.5-0+deb13u1`. @throws JobFailure when there is none. */
export function versionIn(output: string, path: string, ending: string | number | null): string {
  const version = /^ffmpeg version (\S+)/.exec(output)?.[1];
  if (version !== undefined) return `ffmpeg ${version}`;
  throw new JobFailure(
    'EngineUnavailableError',
    `FFmpeg at ${path} does not run: "ffmpeg -version" ended with ${ending}. Reinstall FFmpeg.`,
  );
}
