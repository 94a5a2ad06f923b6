import { constants } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { JobFailure } from '@app/jobspec';
import { rawSequenceFormat } from '@app/engines';
import { errorCode, errorFact } from '../platform/system-error.ts';

/** Changes whenever a source is replaced, resized or written to. */
export type SourceFingerprint = string;

/**
 * Checks that every source is a readable regular file, or a folder that holds a RAW frame sequence, without opening it.
 *
 * @throws JobFailure `MissingSourcesError` naming every source that is not.
 */
export async function checkSources(paths: readonly string[]): Promise<void> {
  const missing: string[] = [];
  for (const path of paths) {
    const problem = await problemOf(path);
    if (problem !== null) missing.push(problem === '' ? path : `${path} (${problem})`);
  }
  if (missing.length > 0) {
    throw new JobFailure('MissingSourcesError', `Missing source files: ${missing.join(', ')}`);
  }
}

/** @throws JobFailure `SourceChangedError` when the source is not the file that was validated. */
export async function checkUnchanged(path: string, validated: SourceFingerprint): Promise<void> {
  const now = await fingerprintOf(path).catch((error: unknown) => error);
  if (now === validated) return;
  const what = now instanceof Error ? 'disappeared' : 'was replaced or written to';
  throw new JobFailure(
    'SourceChangedError',
    `Source ${what} while its proxy was made: ${path}. Submit the job again once the file is final.`,
  );
}

/** @throws the system's error when a source is gone. */
export async function fingerprintsOf(paths: readonly string[]): Promise<SourceFingerprint[]> {
  const fingerprints: SourceFingerprint[] = [];
  for (const path of paths) fingerprints.push(await fingerprintOf(path));
  return fingerprints;
}

async function fingerprintOf(path: string): Promise<SourceFingerprint> {
  const { dev, ino, size, mtimeNs } = await stat(path, { bigint: true });
  return [dev, ino, size, mtimeNs].join(':');
}

/** What is wrong with a source, `''` when it just isn't there, `null` when nothing is. */
async function problemOf(path: string): Promise<string | null> {
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) return (await holdsFrameSequence(path)) ? null : 'not a file';
    if (stats.isFIFO()) return 'a FIFO, not a file';
    if (stats.isSocket()) return 'a socket, not a file';
    if (!stats.isFile()) return 'a device, not a file';
    await access(path, constants.R_OK);
    return null;
  } catch (error) {
    return describeStatError(error);
  }
}

function describeStatError(error: unknown): string {
  const code = errorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return '';
  if (code === 'EACCES' || code === 'EPERM') return 'not readable';
  return errorFact(error);
}

async function holdsFrameSequence(directory: string): Promise<boolean> {
  return rawSequenceFormat(await readdir(directory)) !== null;
}
