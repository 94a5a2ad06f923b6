import { constants } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { JobFailure } from '@app/jobspec';
import { rawSequenceFormat } from '@app/engines';
import { errorCode, errorFact } from '../files/system-error.ts';
import { adviceOnFolder } from './card-folder.ts';
import { surveySource, type SourceFingerprint } from './source-survey.ts';

const NO_FRAMES = 'not a file';
const FOLDER_ADVICE =
  'A folder without RAW frames is no source: name the clip inside; of a RED clip, the .R3D';

/**
 * Checks that every source is a readable regular file, or a folder that holds a RAW frame sequence, without opening it.
 *
 * @throws JobFailure `MissingSourcesError` naming every source that is not.
 */
export async function checkSources(paths: readonly string[]): Promise<void> {
  const missing: string[] = [];
  let advice = '';
  for (const path of paths) {
    const problem = await problemOf(path);
    if (problem === NO_FRAMES && advice === '') advice = `. ${await folderAdvice(path)}.`;
    if (problem !== null) missing.push(problem === '' ? path : `${path} (${problem})`);
  }
  if (missing.length > 0) {
    throw new JobFailure(
      'MissingSourcesError',
      `Missing source files: ${missing.join(', ')}${advice}`,
    );
  }
}

/** @throws JobFailure `SourceChangedError` when the source is not what was validated. */
export async function checkUnchanged(path: string, validated: SourceFingerprint): Promise<void> {
  const now = await surveySource(path).catch(() => null);
  if (now?.fingerprint === validated) return;
  const what = now === null ? 'disappeared' : 'was replaced or written to';
  const final = now?.isSequence ? 'no frame changes, comes or goes any more' : 'the file is final';
  throw new JobFailure(
    'SourceChangedError',
    `Source ${what} while its proxy was made: ${path}. Submit the job again once ${final}.`,
  );
}

/** What to name instead of a folder. */
async function folderAdvice(path: string): Promise<string> {
  return (await adviceOnFolder(path).catch(() => null)) ?? FOLDER_ADVICE;
}

/** What is wrong with a source, `''` when it just isn't there, `null` when nothing is. */
async function problemOf(path: string): Promise<string | null> {
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) return (await holdsFrameSequence(path)) ? null : NO_FRAMES;
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
