import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { JobFailure } from '@app/jobspec';
import { exists } from '../platform/exists.ts';
import { errorCode } from '../platform/system-error.ts';

/** @throws JobFailure `OutputDirectoryError` when the directory is not there or can't be written to. */
export async function checkOutputDirectory(path: string): Promise<void> {
  const fail = (what: string) => new JobFailure('OutputDirectoryError', `${what}: ${path}`);
  try {
    if (!(await stat(path)).isDirectory()) throw fail('Output directory is not a directory');
    await access(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    if (error instanceof JobFailure) throw error;
    const isMissing = errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR';
    throw fail(isMissing ? 'Output directory does not exist' : 'Output directory is not writable');
  }
}

/** @throws JobFailure `OutputCollisionError` naming every output that is already there. */
export async function checkNoOutputExists(paths: readonly string[]): Promise<void> {
  const taken: string[] = [];
  for (const path of paths) if (await exists(path)) taken.push(path);
  if (taken.length > 0) {
    throw new JobFailure('OutputCollisionError', `Output file already exists: ${taken.join(', ')}`);
  }
}
