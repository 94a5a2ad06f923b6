import { dirname } from 'node:path';
import { stat } from './bounded-fs.ts';
import { contains, type RealPath } from './real-path.ts';

/** Rights of everybody but the owner: to write, and to enter. */
const OTHERS_WRITE = 0o022;
const OTHERS_ENTER = 0o011;
/** Below a folder with this bit, only its owner and their own may rename and remove files. */
const STICKY = 0o1000;

/**
 * The nearest folder, from one up to its root, in which users other than this one may rename what isn't theirs, and so put another
 * folder in its place. What lies below a folder that they may not enter is out of their reach. Windows doesn't tell.
 *
 * @param path real.
 * @param roots above which folders don't count; none of them: all do.
 * @returns `null` when there is none.
 * @throws the system's error.
 */
export async function sharedFolder(
  path: string,
  roots: readonly RealPath[],
): Promise<string | null> {
  const user = process.geteuid?.();
  if (user === undefined) return null;
  const counts = (folder: string) =>
    roots.length === 0 || roots.some(({ real }) => contains(real, folder));
  let shared: string | null = null;
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode, uid } = await stat(folder);
    const isOthers = uid !== 0 && uid !== user;
    const isOpen = isOthers || ((mode & OTHERS_WRITE) !== 0 && (mode & STICKY) === 0);
    if (!isOthers && (mode & OTHERS_ENTER) === 0) shared = null;
    else if (isOpen && counts(folder)) shared ??= folder;
    if (dirname(folder) === folder) return shared;
  }
}

/** What that means, in a sentence for people. */
export function sharedFolderWarning(folder: string): string {
  return `Other users may rename what is in ${folder}, and so lead a program that writes below it elsewhere. Set its sticky bit (chmod +t), or let only the runner's user write to it.`;
}
