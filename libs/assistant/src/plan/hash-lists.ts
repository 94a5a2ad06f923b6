import { basename, dirname, join } from 'node:path';
import { errorMessage, openEntry, readdir, readWhole } from '@app/storage';
import { parseMhl, type ListedFile } from '../mhl/parse-mhl.ts';

/** A classic hash list, or the history of an ASC MHL. */
export interface HashList {
  /** The list, or the folder of the history. */
  path: string;
  /** The folder that its paths begin in. */
  folder: string;
  /** From the oldest on. */
  files: readonly string[];
}

/** What a list says of a file. */
export interface Expected {
  hash: ListedFile['hash'];
  /** As the list has it, whole. */
  path: string;
  list: string;
}

const HISTORY_FOLDER = 'ascmhl';
/** A list of a whole card lies above the folder that is planned. */
const STEPS_UP = 3;
/** No hash list of people's is larger: one of 300,000 files has as many bytes. */
const MOST_BYTES = 64 * 1024 * 1024;

/** The lists that lie in media, and in the folders above them. @param inside names of files in the media. */
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
  for (let step = 0; step < STEPS_UP; step++) {
    folder = dirname(folder);
    for (const place of [folder, join(folder, HISTORY_FOLDER)]) {
      const names = await readdir(place).catch(() => []);
      files.push(...names.filter((name) => !name.startsWith('.')).map((name) => join(place, name)));
    }
  }
  return files;
}

/**
 * What lists say of the files below their folders, by their paths as `keyOf` has them. Within a history what was said first holds: a
 * later list can't make a change good. Lists that know nothing of each other must all be right.
 *
 * @throws Error with a sentence for a list that can't be read.
 */
export async function expectedFiles(
  lists: readonly HashList[],
): Promise<ReadonlyMap<string, readonly Expected[]>> {
  const all = new Map<string, Expected[]>();
  for (const { folder, files } of lists) {
    const history = new Map<string, Expected[]>();
    for (const list of files) {
      const own = new Map<string, Expected[]>();
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
      for (const [key, said] of own) history.set(key, said);
    }
    for (const [key, said] of history) for (const one of said) add(all, key, one);
  }
  return all;
}

function add(map: Map<string, Expected[]>, key: string, expected: Expected) {
  const known = map.get(key);
  if (known) known.push(expected);
  else map.set(key, [expected]);
}

/** Systems write accents in two ways, and a list may have the other one than the files that were copied with it. */
export function keyOf(path: string): string {
  return path.normalize('NFC');
}

async function entriesOf(list: string): Promise<ListedFile[]> {
  try {
    const bytes = await readWhole(list, MOST_BYTES, openEntry);
    return parseMhl(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    const sentence = `${list} can't be read as a hash list: ${errorMessage(error)}.`;
    throw new Error(sentence, { cause: error });
  }
}
