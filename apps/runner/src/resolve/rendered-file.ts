import { readdir, rename, rm, rmdir, stat } from '../files/index.ts';
import { join } from 'node:path';
import { JobFailure } from '@app/jobspec';

/**
 * Checks that two names lead to one directory: somebody may have put another in the place of one.
 *
 * @throws JobFailure `OutputDirectoryError`; the system's error.
 */
export async function checkSamePlace(named: string, real: string): Promise<void> {
  const other = await stat(real, { bigint: true });
  const one = await stat(named, { bigint: true }).catch(() => null);
  if (one?.dev === other.dev && one.ino === other.ino) return;
  throw new JobFailure('output_directory_replaced', { directory: named });
}

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
    return new JobFailure('render_ambiguous', { files: names.sort(), folder });
  }
  if (!(await isFilled(join(folder, name))))
    return missing('Resolve reported success, but its file is empty');
  await rename(join(folder, name), stagingPath);
  return null;
}

/**
 * Keeps what a failed render has left, if it is one file, under the staging name; then the folder goes if it is empty. A render
 * that is being stopped may begin its file once more: this second one is not kept. Never over a file that has something in
 * it: it is the render. Nothing here hides why the render failed.
 */
export async function clearFolder(folder: string, stagingPath: string): Promise<void> {
  let hasKept = false;
  for (let look = 0; look < 2; look++) {
    const [name, ...others] = await readdir(folder).catch(() => []);
    if (name !== undefined && others.length === 0) {
      const path = join(folder, name);
      const isFree = !(await isFilled(stagingPath));
      if (isFree) hasKept = await succeeds(rename(path, stagingPath));
      else if (hasKept) await succeeds(rm(path));
    }
    if (await succeeds(rmdir(folder))) return;
  }
}

async function succeeds(step: Promise<unknown>): Promise<boolean> {
  return step.then(
    () => true,
    () => false,
  );
}

async function isFilled(path: string): Promise<boolean> {
  return stat(path).then(
    ({ size }) => size > 0,
    () => false,
  );
}

function missing(why: string): JobFailure {
  return new JobFailure('output_missing', { why });
}
