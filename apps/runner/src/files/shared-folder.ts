import { dirname } from 'node:path';
import { stat } from './bounded-fs.ts';
import { contains, type RealPath } from './real-path.ts';

/** Rights to write, of everybody but the owner. */
const OTHERS_WRITE = 0o022;
/** Below a folder with this bit, only its owner and their own may rename and remove files. */
const STICKY = 0o1000;

/**
 * The nearest folder, from one up to its root, in which users other than this one may rename what isn't theirs, and so put another
 * folder in its place. Windows doesn't tell.
 *
 * @param path real.
 * @param roots above which nobody looks; none of them: up to the root of the file system.
 * @returns `null` when there is none.
 * @throws the system's error.
 */
export async function sharedFolder(
  path: string,
  roots: readonly RealPath[],
): Promise<string | null> {
  const user = process.geteuid?.();
  if (user === undefined) return null;
  const isAbove = (folder: string) =>
    roots.length > 0 && !roots.some(({ real }) => contains(real, folder));
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode, uid } = await stat(folder);
    const isOpen = (mode & OTHERS_WRITE) !== 0 && (mode & STICKY) === 0;
    if (isOpen || (uid !== 0 && uid !== user)) return folder;
    if (dirname(folder) === folder || isAbove(dirname(folder))) return null;
  }
}

/** What that means, in a sentence for people. */
export function sharedFolderWarning(folder: string): string {
  return `Other users may rename what is in ${folder}, and so lead a program that writes below it elsewhere. Set its sticky bit (chmod +t), or let only the runner's user write to it.`;
}
