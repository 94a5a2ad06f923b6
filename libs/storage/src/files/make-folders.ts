import type { Stats } from 'node:fs';
import { dirname, relative, sep } from 'node:path';
import { chmod, chown, lstat, mkdir, realpath, stat } from './bounded-fs.ts';
import { HeldFolder } from './held-folder.ts';
import { isAbsent, isSystemError, withNames } from './system-error.ts';
import { isEmptyDirectory } from './folder-fault.ts';

/** A link where a folder is to be: others may have put it there, and it may lead anywhere. */
export class LinkOnTheWay extends Error {
  override readonly name = 'LinkOnTheWay';

  constructor(path: string) {
    super(
      `${path} is a link, which may lead anywhere. Put a folder in its place, or name the folder that is meant instead.`,
    );
  }
}

/**
 * Makes a folder, and those above it that are missing, one after the other, each in the one before that is held open: nobody leads
 * them elsewhere. What is made in a folder of a group (setgid) is the group's in the same way; what was there stays as it is.
 *
 * @param root that people have named: links lead to it, and none below it is followed.
 * @param whose a folder of another user: what is made elsewhere is shared with its group as it is, if it is a group's.
 * @throws LinkOnTheWay; the system's error for the first that can't be made.
 */
export async function makeFolders(path: string, making: Making = {}): Promise<void> {
  await (await openFolders(path, making)).close();
}

interface Making {
  root?: string;
  whose?: string | undefined;
}

/** The same for a folder that is written to. @returns it, open. */
async function openFolders(path: string, { root = path, whose }: Making = {}): Promise<HeldFolder> {
  const [start, real] = await nearest(root);
  let folder = await HeldFolder.open(real);
  for (const part of relative(start, path).split(sep).filter(Boolean)) {
    const above = folder;
    folder = await enter(above, part, whose).finally(() => above.close());
  }
  return folder;
}

/** The first from a path up to its root that is there, and where it really is. */
async function nearest(path: string): Promise<[name: string, real: string]> {
  try {
    return [path, await realpath(path)];
  } catch (error) {
    if (!isAbsent(error) || dirname(path) === path) throw error;
    return nearest(dirname(path));
  }
}

/** Opens a folder in another, and makes it when it is missing. */
async function enter(above: HeldFolder, part: string, whose?: string): Promise<HeldFolder> {
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
    const folder = await HeldFolder.open(entry);
    if (refusal === null) await share(folder, around, whose).catch(() => undefined);
    return folder;
  } catch (error) {
    throw isSystemError(error) ? Object.assign(error, { path: name }) : error;
  }
}

const SETGID = 0o2000;
/** Setgid, the sticky bit, and what the group may do. */
const OF_GROUP = 0o3070;

/**
 * The umask of whoever makes a folder says nothing of what others have agreed on above it, or where they work together.
 *
 * @param folder just made. What others have put in its place since stays as it is, and so do rights where the system has no paths of
 *   open folders.
 * @param around the folder above, as it was before.
 */
async function share(folder: HeldFolder, around: Stats, whose?: string) {
  if (!folder.isHeld) return;
  const user = process.geteuid?.();
  const made = await stat(folder.path);
  if (made.uid !== user || isOlder(made, around) || !(await isEmptyDirectory(folder.path))) return;
  const other = whose === undefined ? null : await stat(whose).catch(() => null);
  const isOthers = other !== null && other.uid !== user;
  const model = (around.mode & SETGID) === 0 && isOthers ? other : around;
  if ((model.mode & SETGID) === 0) return;
  if (made.gid !== model.gid) await chown(folder.path, made.uid, model.gid);
  await chmod(folder.path, (made.mode & 0o7777) | (model.mode & OF_GROUP));
}

/**
 * Whether a folder was there before the one above it was last changed. Where a file system doesn't tell when it was made, the last change
 * of what is in it says the same of an empty one: nobody else can set that time who may not write to it anyway.
 */
function isOlder({ birthtimeMs, mtimeMs }: Stats, around: Stats): boolean {
  return Math.min(birthtimeMs || mtimeMs, mtimeMs) < around.ctimeMs;
}
