import { dirname } from 'node:path';
import { mkdir, stat } from './patient-fs.ts';
import { errorCode } from './system-error.ts';

/**
 * Makes a folder, and those above it that are missing. Node's own way (`recursive`) never ends below a folder that can't be made
 * and doesn't say so, such as one in `/proc`.
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
    return null;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return error;
    const there = await stat(path).catch(() => null);
    if (there?.isDirectory()) return null;
    throw error;
  }
}
