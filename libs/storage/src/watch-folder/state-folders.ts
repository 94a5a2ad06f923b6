import { dirname, join } from 'node:path';
import { JobFailure } from '@app/jobspec';
import { JOB_STATES, OWN_DIRECTORY, WATCH_FOLDER_MARKS } from '@app/jobspec/folder';
import { stat } from '../files/bounded-fs.ts';
import type { RealPath } from '../files/real-path.ts';
import { isDirectory } from '../files/folder-fault.ts';

/** Directories of a watch folder that belong to the runner. A proxy there would be taken for a job, or removed. */
const STATES = [...JOB_STATES, OWN_DIRECTORY] as const;

/**
 * Checks that an output directory isn't inside a state directory of any watch folder: this runner's, by whatever path
 * it is reached, or another one above the directory.
 *
 * @param watchFolder this runner's watch folder.
 * @throws JobFailure `PathNotAllowedError`.
 */
export async function checkOutsideStateFolders(
  directory: RealPath,
  watchFolder: string,
): Promise<void> {
  const own = await identitiesOf(watchFolder);
  for (const path of upwards(directory.real)) {
    const identity = await identityOf(path);
    if (identity === null) continue;
    if (own.has(identity) || (await isStateFolder(path, identity))) throw refused(directory, path);
  }
}

/** Compares identities, because a directory may have several names: another letter case, or another mount. */
async function isStateFolder(path: string, identity: string): Promise<boolean> {
  const root = dirname(path);
  const marks = await Promise.all(WATCH_FOLDER_MARKS.map((mark) => isDirectory(join(root, mark))));
  return marks.includes(true) && (await identitiesOf(root)).has(identity);
}

async function identitiesOf(watchFolder: string): Promise<ReadonlySet<string>> {
  const found = await Promise.all(STATES.map((state) => identityOf(join(watchFolder, state))));
  return new Set(found.filter((identity) => identity !== null));
}

/** Device and inode, by which a folder is told from another one of its name; `null` if there is none. */
export async function identityOf(path: string): Promise<string | null> {
  const stats = await stat(path, { bigint: true }).catch(() => null);
  return stats && `${stats.dev}:${stats.ino}`;
}

function upwards(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [path, ...upwards(parent)];
}

function refused({ named }: RealPath, state: string): JobFailure {
  const facts = { directory: named, state };
  const { message } = new JobFailure('output_in_watch_folder', facts);
  const violations = [{ path: 'output_directory', message }];
  return new JobFailure('output_in_watch_folder', facts, { violations });
}
