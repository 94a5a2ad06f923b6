import type { Stats } from 'node:fs';
import { dirname, relative, sep } from 'node:path';
import { chmod, lstat, mkdir, realpath, stat } from './bounded-fs.ts';
import { OpenDirectory } from './open-directory.ts';
import { isAbsent, isSystemError, withNames } from './system-error.ts';
import { isEmptyDirectory } from './folder-fault.ts';

/** A link in place of a folder: others may have put it there, and it may lead anywhere. */
export class LinkOnTheWay extends Error {
  override readonly name = 'LinkOnTheWay';

  constructor(path: string) {
    super(
      `${path} is a link, which may lead anywhere. Put a folder in its place, or name the folder that is meant instead.`,
    );
  }
}

/**
 * Creates a folder and its missing ancestors, each inside the one before, which is held open, so that nobody can
 * redirect them. A folder created inside a setgid folder gets the same group permissions; existing folders are
 * unchanged.
 *
 * @param root folder named by people: links are followed down to it, but not below it.
 * @throws LinkOnTheWay; the system's error for the first folder that can't be created.
 */
export async function makeFolders(path: string, root = path): Promise<void> {
  const [start, real] = await nearest(root);
  let folder = await OpenDirectory.open(real);
  for (const part of relative(start, path).split(sep).filter(Boolean)) {
    const above = folder;
    folder = await enter(above, part).finally(() => above.close());
  }
  await folder.close();
}

/** Nearest existing path from `path` upwards, and its real path. */
async function nearest(path: string): Promise<[name: string, real: string]> {
  try {
    return [path, await realpath(path)];
  } catch (error) {
    if (!isAbsent(error) || dirname(path) === path) throw error;
    return nearest(dirname(path));
  }
}

/** Opens a folder in another; creates it if missing. */
async function enter(above: OpenDirectory, part: string) {
  const entry = above.entry(part);
  const name = withNames(entry);
  try {
    const around = await stat(above.path);
    const refusal = await mkdir(entry).then(
      () => null,
      (error: unknown) => error,
    );
    const there = await lstat(entry).catch(() => null);
    if (there?.isSymbolicLink()) throw new LinkOnTheWay(name);
    if (refusal !== null && !there?.isDirectory()) throw refusal;
    const folder = await OpenDirectory.open(entry);
    if (refusal === null) await share(folder, around).catch(() => undefined);
    return folder;
  } catch (error) {
    throw isSystemError(error) ? Object.assign(error, { path: name }) : error;
  }
}

const SETGID = 0o2000;
/** Setgid, the sticky bit, and the group's permissions. */
const GROUP_BITS = 0o3070;

/**
 * Adopts the group permissions of the parent folder, which the umask of this process may have taken away.
 *
 * @param folder just created. Unchanged if somebody has replaced it since, or if the system has no paths of open
 * folders.
 * @param around parent folder, as it was before.
 */
async function share(folder: OpenDirectory, around: Stats) {
  if (!folder.isHeld || (around.mode & SETGID) === 0) return;
  const made = await stat(folder.path);
  const isOurs = made.uid === process.geteuid?.() && made.gid === around.gid;
  if (!isOurs || isOlder(made, around) || !(await isEmptyDirectory(folder.path))) return;
  await chmod(folder.path, (made.mode & 0o7777) | (around.mode & GROUP_BITS));
}

/**
 * True if a folder is older than its parent's last change. Without a birth time, the mtime of the empty folder is used:
 * only those who may write to the folder can set it.
 */
function isOlder({ birthtimeMs, mtimeMs }: Stats, around: Stats): boolean {
  return Math.min(birthtimeMs || mtimeMs, mtimeMs) < around.ctimeMs;
}
