import { constants, type Stats } from 'node:fs';
import { lstat, open, realpath, type FileHandle } from 'node:fs/promises';

const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
/** Open flags that refuse a symbolic link and don't block on a FIFO. Windows has neither flag. */
export const NO_FOLLOW_FLAGS = O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0);

/** An open file, and its stats at the time of opening. */
export interface OpenFile {
  file: FileHandle;
  stats: Stats;
}

/**
 * Opens a regular file; the caller closes it.
 * @returns `null` for anything else, and if any part of the path is a symbolic link
 */
export async function openInPlace(path: string): Promise<OpenFile | null> {
  const file = await open(/* turbopackIgnore: true */ path, NO_FOLLOW_FLAGS).catch(() => null);
  if (file === null) return null;
  const stats = await file.stat().catch(() => null);
  if (stats?.isFile() === true && (await isUnmoved(path, stats))) return { file, stats };
  await file.close();
  return null;
}

/** True if no part of the path is a link and the opened file is still the one at this path. */
async function isUnmoved(path: string, opened: Stats): Promise<boolean> {
  const [real, there] = await Promise.all([realpath(path), lstat(path)]).catch(() => []);
  return real === path && there?.ino === opened.ino && there.dev === opened.dev;
}
