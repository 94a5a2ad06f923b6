import { dirname } from 'node:path';
import { JobFailure } from '@app/jobspec';
import { errorCode, withNames } from './system-error.ts';
import { exists } from './folder-fault.ts';
import { isOneFile, syncDirectory } from './durable-file.ts';
import { isSameFile, type FileIdentity } from './open-directory.ts';
import { link, lstat, open, rename, rm } from './bounded-fs.ts';

/** Errors of filesystems without hard links (exFAT, some SMB shares) and across filesystems of one tree. */
const NO_HARD_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV']);

/** Finished file under its temporary name. */
interface FinishedFile {
  path: string;
  identity: FileIdentity;
}

/** Callbacks during publication. */
interface PublishSteps {
  /** Called on a filesystem without hard links before an empty file reserves the name. */
  beforeReserving?: () => Promise<void>;
  /** Called once the file has its name; if it throws, the name is taken back. */
  afterNaming?: () => Promise<void>;
  /** True if somebody may move the file on as soon as it has its name, as a runner does with a job. */
  mayMoveOn?: boolean;
}

/**
 * Gives a finished file its final name, never replacing another.
 *
 * @throws JobFailure `OutputCollisionError` if the name is taken, `OutputVerificationError` if another file got it; the
 * system's error; errors of a callback. The file then still has its temporary name, and no other.
 */
export async function publish(
  file: FinishedFile,
  outputPath: string,
  steps: PublishSteps = {},
): Promise<void> {
  const { path, identity } = file;
  if (!(await isLinked(file, outputPath))) {
    await steps.beforeReserving?.();
    return publishByReservation(file, outputPath, steps);
  }
  await orUndo(settle(identity, outputPath, steps), async () => {
    if (await isOneFile(path, outputPath)) await rm(outputPath);
  });
  await rm(path).catch(() => undefined);
}

/**
 * Gives a file a second, free name by a hard link.
 *
 * @returns false if the filesystem can't, or shows the two names as two files.
 */
async function isLinked({ path, identity }: FinishedFile, outputPath: string): Promise<boolean> {
  try {
    await link(path, outputPath);
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined || !(code === 'EEXIST' || NO_HARD_LINKS.has(code))) throw error;
    // Over a network the answer to a successful link may be lost; the retry then finds the name taken.
    if (code === 'EEXIST' && (await isFile(identity, outputPath))) return true;
    if (code === 'EEXIST' || (await exists(outputPath))) throw collision(outputPath);
    return false;
  }
  if (!(await isLinkShownAsFile(path, identity, outputPath))) return true;
  await rm(outputPath);
  return false;
}

/**
 * True if the second name of a file has an inode number of its own. A client of SMB numbers names itself with `noserverino`, and for
 * the rest of its mount once a folder was named in another case.
 */
async function isLinkShownAsFile(path: string, identity: FileIdentity, outputPath: string) {
  const own = await lstat(path, { bigint: true });
  const linked = await lstat(outputPath, { bigint: true }).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  });
  return (
    linked !== null &&
    isSameFile(identity, own) &&
    !isSameFile(own, linked) &&
    // It has another name, so nothing is lost with this one, whoever made it. Its time may be shown late.
    linked.nlink > 1n &&
    linked.size === own.size
  );
}

function collision(outputPath: string): JobFailure {
  return new JobFailure('output_exists', { paths: [withNames(outputPath)] });
}

/** Failure for a file that somebody has replaced or given a second name. */
export function replaced(directory: string): JobFailure {
  return new JobFailure('output_replaced', { directory: withNames(directory) });
}

/** Publishes without hard links: an empty file reserves the name, and only this process replaces it. */
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

/** Checks that this very file has the name, and makes the name durable. */
async function settle(
  identity: FileIdentity,
  outputPath: string,
  { mayMoveOn = false, afterNaming }: PublishSteps,
) {
  if (!mayMoveOn && !(await isFile(identity, outputPath))) throw replaced(dirname(outputPath));
  await afterNaming?.();
  await syncDirectory(dirname(outputPath));
}

async function isFile(identity: FileIdentity, path: string): Promise<boolean> {
  return isSameFile(identity, await lstat(path, { bigint: true }));
}

/**
 * Takes the name back if a step fails. A file that somebody else has put there meanwhile stays.
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

/** @returns the empty file; `null` if the name is taken. */
async function createExclusively(path: string): Promise<FileIdentity | null> {
  try {
    const file = await open(path, 'wx');
    return await file.stat({ bigint: true }).finally(() => file.close());
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return null;
    throw error;
  }
}
