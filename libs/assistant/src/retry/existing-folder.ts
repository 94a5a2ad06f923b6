import { resolve } from 'node:path';
import { isDirectory, outerFolderOf, WatchFolder } from '@app/storage';
import { Refusal } from '../refusal/refusal.ts';

/**
 * Watch folder at a path. A missing folder may be a share that isn't mounted, and is not created.
 *
 * @throws Refusal
 */
export async function existingFolder(root: string): Promise<WatchFolder> {
  const folder = new WatchFolder(resolve(root));
  // A watch folder created by `plan` only has its first folder.
  const isThere = (await isDirectory(folder.own)) || (await isDirectory(folder.pending));
  const outer = isThere ? await outerFolderOf(folder.root) : null;
  if (outer?.isInside)
    throw new Refusal(
      'folder',
      `${folder.root} belongs to the watch folder ${outer.root}. Name that one.`,
    );
  if (isThere) return folder;
  const advice = 'Name one on which a runner has worked, or check the path and the mount.';
  throw new Refusal('folder', `${folder.root} is not a watch folder. ${advice}`);
}
