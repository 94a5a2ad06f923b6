import { errorCode, exists, link, open, rename, rm, stat, syncDirectory } from '../files/index.ts';
import { dirname, extname, join } from 'node:path';
import { JobFailure } from '@app/jobspec';

/** Filesystems without hard links (exFAT, some SMB shares) answer with one of these. */
const NO_HARD_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/**
 * Creates the empty file that a clip is encoded into: hidden, beside the output, with the output's extension. The name
 * follows from the job and the clip, so the same job runs the same command; the file is created exclusively, so
 * nothing that was there is written to.
 *
 * @param beforeCreating told each free name that is about to be taken.
 */
export async function createStagingFile(
  outputPath: string,
  jobSha256: string,
  clipIndex: number,
  beforeCreating: (path: string) => Promise<void>,
): Promise<string> {
  const stem = `.${jobSha256.slice(0, 16)}-${String(clipIndex).padStart(3, '0')}`;
  for (let attempt = 1; ; attempt++) {
    const number = attempt === 1 ? '' : `-${attempt}`;
    const path = join(dirname(outputPath), `${stem}${number}.partial${extname(outputPath)}`);
    if ((await exists(path)) || (await exists(stagingFolderOf(path)))) continue;
    await beforeCreating(path);
    if (await createExclusively(path)) return path;
  }
}

/**
 * Gives a finished file its final name without ever replacing one.
 *
 * @param beforeReserving called where the filesystem lacks hard links, before an empty file reserves the name.
 * @throws JobFailure `OutputCollisionError` when the name is taken; the system's error. The file then still has its
 * staging name, and only that.
 */
export async function publish(
  stagingPath: string,
  outputPath: string,
  beforeReserving: () => Promise<void>,
): Promise<void> {
  try {
    await link(stagingPath, outputPath);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST') throw collision(outputPath);
    if (code === undefined || !NO_HARD_LINKS.has(code)) throw error;
    if (await exists(outputPath)) throw collision(outputPath);
    await beforeReserving();
    return publishByReservation(stagingPath, outputPath);
  }
  await orUndo(syncDirectory(dirname(outputPath)), () => rm(outputPath));
  await rm(stagingPath).catch(() => undefined);
}

/** The name beside a staging file that its engine may make a folder of. */
export function stagingFolderOf(stagingPath: string): string {
  return stagingPath.slice(0, -extname(stagingPath).length);
}

/** Removes the staging file if nothing was written to it. @returns the path when something is kept. */
export async function keepPartial(stagingPath: string): Promise<string | null> {
  try {
    if ((await stat(stagingPath)).size > 0) return stagingPath;
    await rm(stagingPath);
    return null;
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? null : stagingPath;
  }
}

export function collision(outputPath: string): JobFailure {
  return new JobFailure('OutputCollisionError', `Output file already exists: ${outputPath}`);
}

/** Without hard links the name is reserved by an empty file of ours, which only we replace. */
async function publishByReservation(stagingPath: string, outputPath: string) {
  if (!(await createExclusively(outputPath))) throw collision(outputPath);
  await orUndo(rename(stagingPath, outputPath), () => rm(outputPath));
  await orUndo(syncDirectory(dirname(outputPath)), () => rename(outputPath, stagingPath));
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
