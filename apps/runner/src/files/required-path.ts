import { opendir, stat } from './bounded-fs.ts';
import { join } from 'node:path';

/**
 * What is wrong with a path that must be there before anything is begun, as the end of a sentence; `null` when nothing is.
 * A mount point without its volume is an empty directory, and as good as missing.
 */
export async function requiredPathProblem(path: string): Promise<string | null> {
  try {
    const { dev } = await stat(path);
    const isMounted = dev !== (await stat(join(path, '..'))).dev;
    if (isMounted || !(await isEmptyDirectory(path))) return null;
    return 'is empty and no volume is mounted on it';
  } catch {
    return 'is missing';
  }
}

async function isEmptyDirectory(path: string): Promise<boolean> {
  const directory = await opendir(path).catch(() => null);
  if (directory === null) return false;
  try {
    return (await directory.read()) === null;
  } finally {
    await directory.close();
  }
}
