import { join } from 'node:path';
import { JobFailure } from '@app/jobspec';
import { framesOf, lookAtSource, sequenceIn } from '../sources/index.ts';
import type { DriverSource } from './driver-events.ts';

/**
 * How Resolve is given a source: a clip by its path, a folder of frames or a first frame as the sequence it begins.
 *
 * @throws JobFailure `EngineError` when frames were lost since the job was validated; the system's error.
 */
export async function resolveSource(path: string): Promise<DriverSource> {
  const folder = framesOf(await lookAtSource(path));
  if (folder === null) return { path };
  try {
    const sequence = sequenceIn(folder);
    if (sequence === null) return { path: join(folder.path, folder.names[0] ?? '') };
    const { pattern, start, end } = sequence;
    return { path: join(folder.path, pattern), start, end };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new JobFailure('EngineError', `${path} can't be rendered. ${error.message}`, {
      cause: error,
    });
  }
}
