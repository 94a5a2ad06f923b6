import { constants } from 'node:fs';
import { access, errorCode, errorFact, type RealPath } from '../files/index.ts';
import { JobFailure, type Violation } from '@app/jobspec';
import { rawSequenceFormat } from '@app/engines';
import { adviceOnFolder } from './card-folder.ts';
import { lookAtSource, type Listings, type SourceLook } from './source-look.ts';
import { surveySource, type SourceFingerprint } from './source-survey.ts';

const NO_FRAMES = 'not a file';
const FOLDER_ADVICE =
  'A folder without RAW frames is not a source: name the clip inside; of a RED clip, the .R3D; of images such as EXR and DPX, make a clip first';

/**
 * Looks at every source, which must be a readable regular file, or a folder that holds a RAW frame sequence.
 *
 * @throws JobFailure `MissingSourcesError` naming every source that is not, with a violation for each.
 */
export async function lookAtSources(
  paths: readonly RealPath[],
  signal?: AbortSignal,
): Promise<SourceLook[]> {
  const looks: SourceLook[] = [];
  const listings: Listings = new Map();
  const missing: string[] = [];
  const violations: Violation[] = [];
  let advice = '';
  for (const [index, { named, real, fault }] of paths.entries()) {
    signal?.throwIfAborted();
    const look = fault
      ? describeStatError(fault)
      : await lookAtSource(real, listings).catch(describeStatError);
    const problem = typeof look === 'string' ? look : await problemOf(look);
    if (problem !== null) {
      const hint = problem === NO_FRAMES ? `. ${await folderAdvice(real)}.` : '';
      advice ||= hint;
      missing.push(problem === '' ? named : `${named} (${problem})`);
      violations.push({ path: `sources[${index}]`, message: sentenceOf(named, problem) + hint });
    }
    if (typeof look !== 'string') looks.push(look);
  }
  if (missing.length > 0) {
    throw new JobFailure('sources_missing', { sources: missing, advice }, { violations });
  }
  return looks;
}

/** @throws JobFailure `SourceChangedError` when the source is not what was validated. */
export async function checkUnchanged(path: string, validated: SourceFingerprint): Promise<void> {
  const now = await lookAtSource(path)
    .then((look) => surveySource(look))
    .catch(() => null);
  if (now?.fingerprint === validated) return;
  const is_sequence = now?.isSequence ?? false;
  throw new JobFailure('source_changed', { path, is_gone: now === null, is_sequence });
}

/** What to name instead of a folder. */
async function folderAdvice(path: string): Promise<string> {
  return (await adviceOnFolder(path).catch(() => null)) ?? FOLDER_ADVICE;
}

/** What is wrong with a path that must lead to a readable file: `''` when nothing is there, `null` for nothing. */
export async function fileProblem(path: string): Promise<string | null> {
  const look = await lookAtSource(path).catch(describeStatError);
  if (typeof look === 'string') return look;
  return look.stats.isDirectory() ? NO_FRAMES : problemOf(look);
}

/** What is wrong with a source; `null` when nothing is. */
async function problemOf({ path, stats, folder }: SourceLook): Promise<string | null> {
  if (stats.isDirectory()) {
    return rawSequenceFormat(folder?.names ?? []) === null ? NO_FRAMES : null;
  }
  if (stats.isFIFO()) return 'a FIFO, not a file';
  if (stats.isSocket()) return 'a socket, not a file';
  if (!stats.isFile()) return 'a device, not a file';
  return access(path, constants.R_OK).then(() => null, describeStatError);
}

function sentenceOf(named: string, problem: string): string {
  return problem === '' ? `${named} does not exist` : `${named} can't be used: ${problem}`;
}

/** `''` for a source that just isn't there. */
function describeStatError(error: unknown): string {
  const code = errorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return '';
  if (code === 'EACCES' || code === 'EPERM') return 'not readable';
  return errorFact(error);
}
