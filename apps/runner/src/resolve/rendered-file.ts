import { readdir, rename, rm, rmdir, stat } from '../files/index.ts';
import { join } from 'node:path';
import { JobFailure } from '@app/jobspec';

/**
 * Moves what Resolve has rendered into its private folder to the staging file. Its name may differ from the one that was
 * asked for; that it is the only one says whose it is.
 *
 * @returns the failure unless there is exactly one file, with something in it.
 */
export async function takeRenderedFile(
  folder: string,
  stagingPath: string,
): Promise<JobFailure | null> {
  const names = await readdir(folder);
  const [name] = names;
  if (name === undefined) return missing('Resolve reported success, but has written no file');
  if (names.length > 1) {
    const message = `Output verification failed: Resolve has written ${names.length} files instead of one (${names.sort().join(', ')}), kept in ${folder}`;
    return new JobFailure('OutputVerificationError', message);
  }
  const { size } = await stat(join(folder, name));
  if (size === 0) return missing('Resolve reported success, but its file is empty');
  await rename(join(folder, name), stagingPath);
  return null;
}

/**
 * Keeps what a failed render has left, if it is one file, under the staging name; then the folder goes if it is empty. A render
 * that is being stopped may begin its file after the first look, or once more after it was kept: this second one is not kept.
 * Nothing here hides why the render failed.
 */
export async function clearFolder(folder: string, stagingPath: string): Promise<void> {
  const kept = await keepOnlyFile(folder, stagingPath);
  if (await removed(folder)) return;
  if (kept === null) await keepOnlyFile(folder, stagingPath);
  else await rm(join(folder, kept), { force: true }).catch(() => undefined);
  await removed(folder);
}

/**
 * Never over a file that has something in it: it is the render, and what has come after it is of somebody else.
 *
 * @returns the name of the file that was kept; `null` also where Resolve has deleted it meanwhile.
 */
async function keepOnlyFile(folder: string, stagingPath: string): Promise<string | null> {
  const names = await readdir(folder).catch(() => []);
  const [name] = names;
  if (name === undefined || names.length > 1 || (await isFilled(stagingPath))) return null;
  return rename(join(folder, name), stagingPath).then(
    () => name,
    () => null,
  );
}

async function isFilled(path: string): Promise<boolean> {
  return stat(path).then(
    ({ size }) => size > 0,
    () => false,
  );
}

async function removed(folder: string): Promise<boolean> {
  return rmdir(folder).then(
    () => true,
    () => false,
  );
}

function missing(why: string): JobFailure {
  return new JobFailure(
    'OutputMissingError',
    `Output file does not exist or has zero size: ${why}`,
  );
}
