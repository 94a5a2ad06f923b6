import { constants } from 'node:fs';
import { dirname } from 'node:path';
import { exists } from './exists.ts';
import { access, stat } from './bounded-fs.ts';
import { errorCode, errorFact } from './system-error.ts';

/** What keeps files from being put into a folder. */
export interface FolderFault {
  /** The folder, or the nearest thing above it that is there. */
  path: string;
  /** To follow the path in a sentence. */
  fact: string;
}

/** Says before any work why a folder can't take files, or can't be made; `null` when nothing speaks against it. */
export async function folderFault(path: string): Promise<FolderFault | null> {
  try {
    if (!(await stat(path)).isDirectory()) return { path, fact: 'is not a folder' };
    await access(path, constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    if (!isAbsent(error)) return { path, fact: `can't be written to: ${errorFact(error)}` };
    const isThere = await exists(path).catch(() => false);
    if (isThere) return { path, fact: 'is a link that leads nowhere' };
    return dirname(path) === path ? null : folderFault(dirname(path));
  }
}

function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '');
}
