import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { JobFailure } from '@app/jobspec';
import { frameSequence, rawFrameFormat } from '@app/engines';
import type { DriverSource } from './driver-events.ts';

/**
 * How Resolve is given a source: a clip by its path, a folder of frames or a first frame as the sequence it begins.
 *
 * @throws JobFailure `EngineError` when frames are missing or it isn't clear which are meant; the system's error.
 */
export async function resolveSource(path: string): Promise<DriverSource> {
  const isFolder = (await stat(path)).isDirectory();
  if (!isFolder && rawFrameFormat(path) === null) return { path };
  const folder = isFolder ? path : dirname(path);
  const names = await readdir(folder);
  try {
    const sequence = frameSequence(names, isFolder ? undefined : basename(path));
    if (sequence) {
      const { pattern, start, end } = sequence;
      return { path: join(folder.replaceAll('%', '%%'), pattern), start, end };
    }
    return { path: isFolder ? join(folder, onlyFrame(names)) : path };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new JobFailure('EngineError', `${path} can't be rendered. ${error.message}`, {
      cause: error,
    });
  }
}

function onlyFrame(names: readonly string[]): string {
  return names.find((name) => !name.startsWith('.') && rawFrameFormat(name) !== null) ?? '';
}
