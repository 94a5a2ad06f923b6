import { dirname } from 'node:path';
import { chmod, mkdir, stat } from './bounded-fs.ts';
import { errorCode } from './system-error.ts';

/**
 * Makes a folder, and those above it that are missing. Node's own way (`recursive`) never ends below a folder that can't be made
 * and doesn't say so, such as one in `/proc`. What is made in a folder of a group (setgid) is the group's in the same way.
 *
 * @throws the system's error for the first that can't be made.
 */
export async function makeFolders(path: string): Promise<void> {
  if ((await refusalOf(path)) === null) return;
  const parent = dirname(path);
  if (parent !== path) await makeFolders(parent);
  const refusal = await refusalOf(path);
  if (refusal !== null) throw refusal;
}

/** Why there is no such folder yet, the system's error for one that is missing; `null` when there is. */
async function refusalOf(path: string): Promise<unknown> {
  try {
    await mkdir(path);
    await shareAsAbove(path).catch(() => undefined);
    return null;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return error;
    const there = await stat(path).catch(() => null);
    if (there?.isDirectory()) return null;
    throw error;
  }
}

const SETGID = 0o2000;
/** Setgid, the sticky bit, and what the group may do. */
const OF_GROUP = 0o3070;

/** The umask of whoever makes a folder says nothing of what others have agreed on above it. */
async function shareAsAbove(path: string) {
  const { mode: above } = await stat(dirname(path));
  if ((above & SETGID) === 0) return;
  const { mode } = await stat(path);
  await chmod(path, (mode & 0o7777) | (above & OF_GROUP));
}
