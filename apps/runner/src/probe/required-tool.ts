import { JobFailure } from '@app/jobspec';
import { findExecutable } from '../process/find-executable.ts';
import { FFMPEG_NOT_FOUND } from './ffmpeg-version.ts';

/** @throws JobFailure `EngineUnavailableError` when the program is not on the PATH. */
export async function requireTool(name: 'ffmpeg' | 'ffprobe'): Promise<string> {
  const path = await findExecutable(name);
  if (path !== null) return path;
  throw new JobFailure(
    'EngineUnavailableError',
    FFMPEG_NOT_FOUND + (name === 'ffprobe' ? ' (ffprobe, which belongs to it, is missing.)' : ''),
  );
}
