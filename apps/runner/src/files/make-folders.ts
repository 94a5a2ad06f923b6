import { dirname } from 'node:path';
import { chmod, chown, mkdir, stat } from './bounded-fs.ts';
import { errorCode } from './system-error.ts';

/**
 * Makes a folder, and those above it that are missing. Node's own way (`recursive`) never ends below a folder that can't be made
 * and doesn't say so, such as one in `/proc`. What is made in a folder of a group (setgid) is the group's in the same way.
 *
 * @param whose a folder of another user: what is made elsewhere is shared with its group as it is, if it is a group's.
 * @throws the system's error for the first that can't be made.
 */
export async function makeFolders(path: string, whose?: string): Promise<void> {
  if ((await refusalOf(path, whose)) === null) return;
  const parent = dirname(path);
  if (parent !== path) await makeFolders(parent, whose);
  const refusal = await refusalOf(path, whose);
  if (refusal !== null) throw refusal;
}

/** Why there is no such folder yet, the system's error for one that is missing; `null` when there is. */
async function refusalOf(path: string, whose?: string): Promise<unknown> {
  try {
    await mkdir(path);
    await share(path, whose).catch(() => undefined);
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

/** The umask of whoever makes a folder says nothing of what others have agreed on above it, or where they work together. */
async function share(path: string, whose?: string) {
  const above = await stat(dirname(path));
  const other = whose === undefined ? null : await stat(whose).catch(() => null);
  const isOthers = other !== null && other.uid !== process.geteuid?.();
  const model = (above.mode & SETGID) === 0 && isOthers ? other : above;
  if ((model.mode & SETGID) === 0) return;
  const { mode, uid, gid } = await stat(path);
  if (gid !== model.gid) await chown(path, uid, model.gid);
  await chmod(path, (mode & 0o7777) | (model.mode & OF_GROUP));
}
