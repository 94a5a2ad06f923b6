import { constants, type Stats } from 'node:fs';
import { lstat, open, realpath, type FileHandle } from 'node:fs/promises';

const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
/** Opens a file and no link. Windows knows neither flag; O_NONBLOCK keeps the opening of a FIFO from waiting for a writer. */
export const IN_PLACE = O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0);

/** A file that is open, and what it was when it was opened. */
export interface OpenFile {
  file: FileHandle;
  stats: Stats;
}

/**
 * Opens a regular file that lies exactly at this path.
 * @returns `null` for anything else, and when any part of the path is a link; else the file, to be closed by the caller
 */
export async function openInPlace(path: string): Promise<OpenFile | null> {
  const file = await open(/* turbopackIgnore: true */ path, IN_PLACE).catch(() => null);
  if (file === null) return null;
  const stats = await file.stat().catch(() => null);
  if (stats?.isFile() === true && (await isAtItsPlace(path, stats))) return { file, stats };
  await file.close();
  return null;
}

/** No part of the path was a link, and what was opened is what lies there. */
async function isAtItsPlace(path: string, opened: Stats): Promise<boolean> {
  const [real, there] = await Promise.all([realpath(path), lstat(path)]).catch(() => []);
  return real === path && there?.ino === opened.ino && there.dev === opened.dev;
}
