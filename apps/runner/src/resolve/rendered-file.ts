import { readdir, rename, stat, type HeldFolder } from '@app/storage';
import { join } from 'node:path';
import { JobFailure } from '@app/jobspec';

/** Whether two names lead to the same file or directory: somebody may have put another in the place of one. */
export async function isSame(named: string, real: string): Promise<boolean> {
  const [one, other] = await Promise.all(
    [named, real].map((path) => stat(path, { bigint: true }).catch(() => null)),
  );
  return one != null && one.dev === other?.dev && one.ino === other.ino;
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
  if (names.length > 1) return new JobFailure('render_ambiguous', { files: names.sort(), folder });
  if (!(await isFilled(join(folder, name))))
    return missing('Resolve reported success, but its file is empty');
  await rename(join(folder, name), stagingPath);
  return null;
}

/**
 * Keeps what a failed render has left, if it is one file, under the staging name; then the folder goes if it is empty. Never over
 * a file that has something in it: it is the render. Nothing here hides why the render failed.
 */
export async function clearFolder(folder: HeldFolder, stagingPath: string): Promise<void> {
  const [name, ...others] = await readdir(folder.path).catch(() => []);
  if (name !== undefined && others.length === 0 && !(await isFilled(stagingPath)))
    await rename(folder.entry(name), stagingPath).catch(() => undefined);
  await folder.remove(() => false).catch(() => undefined);
}

async function isFilled(path: string): Promise<boolean> {
  return ((await stat(path).catch(() => null))?.size ?? 0) > 0;
}

const missing = (why: string) => new JobFailure('output_missing', { why });
