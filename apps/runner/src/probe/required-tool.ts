import { JobFailure } from '@app/jobspec';
import { findExecutable } from '../process/environment.ts';

/** @throws JobFailure `EngineUnavailableError` when the program is not on the PATH. */
export async function requireTool(name: 'ffmpeg' | 'ffprobe'): Promise<string> {
  const path = await findExecutable(name);
  if (path !== null) return path;
  throw new JobFailure('program_missing', { program: name });
}
