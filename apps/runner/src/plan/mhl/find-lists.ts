import { basename, dirname, join } from 'node:path';
import { errorCode, readdir } from '../../files/index.ts';
import { compareNames } from '@app/jobspec/folder';
import { HISTORY_FOLDER } from './chain.ts';

/** A history of an ASC MHL, or a classic list: what it is about, and its files from the oldest on. */
export interface HashList {
  /** The folder that its paths begin in. */
  folder: string;
  /** `null` for a classic list. */
  history: string | null;
  files: readonly string[];
}

/** A list of a whole card lies above the folder that is planned. */
const STEPS_UP = 3;

/** The lists among these files. */
export function listsOf(files: readonly string[]): HashList[] {
  const lists = new Map<string, string[]>();
  for (const file of files.filter((file) => file.toLowerCase().endsWith('.mhl'))) {
    const key = basename(dirname(file)) === HISTORY_FOLDER ? dirname(file) : file;
    const members = lists.get(key);
    if (members) members.push(file);
    else lists.set(key, [file]);
  }
  return Array.from(lists, ([key, members]) => {
    const isHistory = key !== members[0];
    const inOrder = members.toSorted((a, b) => compareNames(basename(a), basename(b)));
    return { folder: dirname(key), history: isHistory ? key : null, files: inOrder };
  });
}

/** Lists that lie in the folders above a medium. A history that can't be looked into has no files. */
export async function listsAbove(medium: string): Promise<HashList[]> {
  const files: string[] = [];
  const barred: HashList[] = [];
  let folder = medium;
  for (let step = 0; step < STEPS_UP && dirname(folder) !== folder; step++) {
    folder = dirname(folder);
    const history = join(folder, HISTORY_FOLDER);
    const inHistory = await readdir(history).catch(namesInHidden);
    if (inHistory === null) barred.push({ folder, history, files: [] });
    files.push(...visible(folder, await readdir(folder).catch(() => [])));
    files.push(...visible(history, inHistory ?? []));
  }
  return [...listsOf(files), ...barred];
}

function visible(folder: string, names: readonly string[]): string[] {
  return names.filter((name) => !name.startsWith('.')).map((name) => join(folder, name));
}

/** What can't be looked into is a history that can't be read, unless something else is called like its folder. */
function namesInHidden(error: unknown): [] | null {
  return ['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '') ? [] : null;
}
