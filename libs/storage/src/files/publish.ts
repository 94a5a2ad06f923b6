import { dirname } from 'node:path';
import { JobFailure } from '@app/jobspec';
import { errorCode, withNames } from './system-error.ts';
import { exists } from './folder-fault.ts';
import { isOneFile, syncDirectory } from './durable-file.ts';
import { isSameFile, type FileIdentity } from './held-folder.ts';
import { link, lstat, open, rename, rm } from './bounded-fs.ts';

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
  await orUndo(settle(identity, outputPath, steps), async () => {
    if (await isOneFile(path, outputPath)) await rm(outputPath);
  });
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
  const reserved = await createExclusively(outputPath);
  if (reserved === null) throw collision(outputPath);
  const named = await lstat(path, { bigint: true });
  await orUndo(rename(path, outputPath), async () => {
    if (await isFile(reserved, outputPath)) await rm(outputPath);
  });
  await orUndo(settle(identity, outputPath, steps), async () => {
    if (await isFile(named, outputPath)) await rename(outputPath, path);
  });
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

/**
 * A name that failed, or may not survive a power cut, is taken back. Whoever has put another file under it meanwhile keeps that.
 *
 * @throws the error of the step.
 */
async function orUndo(step: Promise<void>, undo: () => Promise<void>) {
  try {
    await step;
  } catch (error) {
    await undo().catch(() => undefined);
    throw error;
  }
}

/** @returns the empty file; `null` when the name is taken. */
async function createExclusively(path: string): Promise<FileIdentity | null> {
  try {
    const file = await open(path, 'wx');
    return await file.stat({ bigint: true }).finally(() => file.close());
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return null;
    throw error;
  }
}
