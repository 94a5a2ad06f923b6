import { basename, dirname, join } from 'node:path';
import { errorMessage, openEntry, readdir, readWhole } from '@app/storage';
import { parseMhl, type ListedFile } from '../mhl/parse-mhl.ts';

/** Classic hash list, or history of an ASC MHL. */
export interface HashList {
  /** Path of the list, or of the history's folder. */
  path: string;
  /** Base folder of its paths. */
  folder: string;
  /** Oldest first. */
  files: readonly string[];
}

/** Expectation of a list for a file. */
export interface Expectation {
  hash: ListedFile['hash'];
  /** Absolute path, by its name in the list. */
  path: string;
  list: string;
}

const HISTORY_FOLDER = 'ascmhl';
/** Levels above the medium that are searched: the list of a whole card is above a subfolder that is planned alone. */
const LEVELS_UP = 3;
/** Maximum size of a list, in bytes: about that of 300,000 files. */
const MAX_LIST_BYTES = 64 * 1024 * 1024;

/** Finds the lists in media and the folders above them. @param inside names of files in the media */
export async function hashListsWith(
  inside: readonly string[],
  media: readonly string[],
): Promise<HashList[]> {
  const above = (await Promise.all(media.map(filesAbove))).flat();
  const lists = new Map<string, string[]>();
  for (const file of new Set([...above, ...inside])) {
    if (!/\.mhl$/i.test(file)) continue;
    const path = basename(dirname(file)) === HISTORY_FOLDER ? dirname(file) : file;
    lists.set(path, [...(lists.get(path) ?? []), file]);
  }
  return Array.from(lists, ([path, files]) => ({
    path,
    folder: dirname(path),
    files: files.toSorted(),
  }));
}

async function filesAbove(medium: string): Promise<string[]> {
  const files: string[] = [];
  let folder = medium;
  for (let step = 0; step < LEVELS_UP; step++) {
    folder = dirname(folder);
    for (const place of [folder, join(folder, HISTORY_FOLDER)]) {
      const names = await readdir(place).catch(() => []);
      files.push(...names.filter((name) => !name.startsWith('.')).map((name) => join(place, name)));
    }
  }
  return files;
}

/**
 * Returns expectations by `keyOf` path. Within a history, the first entry of a file counts: a later list can't
 * legitimise a change. Independent lists must all match.
 *
 * @throws Error with a sentence if a list can't be read
 */
export async function expectedFiles(
  lists: readonly HashList[],
): Promise<ReadonlyMap<string, readonly Expectation[]>> {
  const all = new Map<string, Expectation[]>();
  for (const { folder, files } of lists) {
    const history = new Map<string, Expectation[]>();
    for (const list of files) {
      const own = new Map<string, Expectation[]>();
      for (const { path: name, formerPath, hash } of await entriesOf(list)) {
        const path = join(folder, name);
        const former = keyOf(join(folder, formerPath ?? name));
        const before = history.get(keyOf(path)) ?? history.get(former);
        if (former !== keyOf(path)) history.delete(former);
        if (before === undefined) add(own, keyOf(path), { path, hash, list });
        else {
          for (const one of before) one.path = path;
          history.set(keyOf(path), before);
        }
      }
      for (const [key, expectations] of own) history.set(key, expectations);
    }
    for (const [key, expectations] of history) for (const one of expectations) add(all, key, one);
  }
  return all;
}

function add(map: Map<string, Expectation[]>, key: string, expected: Expectation) {
  const known = map.get(key);
  if (known) known.push(expected);
  else map.set(key, [expected]);
}

/** Normalises accents, which lists and file systems may encode differently. */
export function keyOf(path: string): string {
  return path.normalize('NFC');
}

async function entriesOf(list: string): Promise<ListedFile[]> {
  try {
    const bytes = await readWhole(list, MAX_LIST_BYTES, openEntry);
    return parseMhl(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    const sentence = `${list} can't be read as a hash list: ${errorMessage(error)}.`;
    throw new Error(sentence, { cause: error });
  }
}
