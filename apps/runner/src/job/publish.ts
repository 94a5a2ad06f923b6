import { dirname } from 'node:path';
import { JobFailure } from '@app/jobspec';
import {
  errorCode,
  exists,
  isSameFile,
  link,
  lstat,
  open,
  rename,
  rm,
  syncDirectory,
  withNames,
  type FileIdentity,
} from '../files/index.ts';

/** Filesystems without hard links (exFAT, some SMB shares, two of one tree) answer with one of these. */
const NO_HARD_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV']);

/** A file that is whole, and the name that it has so far. */
export interface FinishedFile {
  path: string;
  identity: FileIdentity;
}

/** What else is done on the way. */
export interface PublishSteps {
  /** Where the filesystem lacks hard links, before an empty file reserves the name. */
  beforeReserving?: () => Promise<void>;
  /** When the file has its name; it loses it when this throws. */
  afterNaming?: () => Promise<void>;
}

/**
 * Gives a finished file its final name without ever replacing one.
 *
 * @throws JobFailure `OutputCollisionError` when the name is taken, `OutputVerificationError` when it isn't this file that got it;
 *   the system's error; what a step throws. The file then still has its earlier name, and only that.
 */
export async function publish(
  file: FinishedFile,
  outputPath: string,
  steps: PublishSteps = {},
): Promise<void> {
  const { path, identity } = file;
  try {
    await link(path, outputPath);
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined || !(code === 'EEXIST' || NO_HARD_LINKS.has(code))) throw error;
    // Over a network the answer to a link that was made may be lost, and the second one finds it there.
    const isLinked = code === 'EEXIST' && (await isFile(identity, outputPath));
    if (!isLinked) {
      if (code === 'EEXIST' || (await exists(outputPath))) throw collision(outputPath);
      await steps.beforeReserving?.();
      return publishByReservation(file, outputPath, steps);
    }
  }
  await orUndo(settle(identity, outputPath, steps), () => rm(outputPath));
  await rm(path).catch(() => undefined);
}

export function collision(outputPath: string): JobFailure {
  return new JobFailure('output_exists', { paths: [withNames(outputPath)] });
}

/** Somebody has put another file in the place of the one that was made, or a second name to it. */
export function replaced(directory: string): JobFailure {
  return new JobFailure('output_replaced', { directory: withNames(directory) });
}

/** Without hard links the name is reserved by an empty file of ours, which only we replace. */
async function publishByReservation(
  { path, identity }: FinishedFile,
  outputPath: string,
  steps: PublishSteps,
) {
  if (!(await createExclusively(outputPath))) throw collision(outputPath);
  await orUndo(rename(path, outputPath), () => rm(outputPath));
  await orUndo(settle(identity, outputPath, steps), () => rename(outputPath, path));
}

/** The very file has the name, and the name will survive a power cut. */
async function settle(identity: FileIdentity, outputPath: string, steps: PublishSteps) {
  if (!(await isFile(identity, outputPath))) throw replaced(dirname(outputPath));
  await steps.afterNaming?.();
  await syncDirectory(dirname(outputPath));
}

async function isFile(identity: FileIdentity, path: string): Promise<boolean> {
  return isSameFile(identity, await lstat(path, { bigint: true }));
}

/** A name that failed, or may not survive a power cut, is taken back. @throws the error of the step. */
async function orUndo(step: Promise<void>, undo: () => Promise<void>) {
  try {
    await step;
  } catch (error) {
    await undo();
    throw error;
  }
}

async function createExclusively(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx')).close();
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}
