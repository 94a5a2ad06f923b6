import { join } from 'node:path';
import { errorMessage, exists, readWhole } from '../../files/index.ts';
import type { Algorithm } from '../../mhl/algorithms.ts';
import { checkChain } from './chain.ts';
import type { HashList } from './find-lists.ts';
import { parseMhl, type ListedFile } from '../../mhl/parse-mhl.ts';

/** What a file must be. */
export interface Expected {
  size: number | null;
  hash: { algorithm: Algorithm; value: string } | null;
  /** The list that says so. */
  list: string;
}

/** A list of 50,000 files has half of this. */
const MOST_BYTES = 32 * 1024 * 1024;

/**
 * What lists say of the files below their folders, by their paths. Within a history what was said first holds: a later list can't
 * make a change good. Lists that know nothing of each other must all be right, and so must all that one list says of a file.
 *
 * @throws Error with a sentence for a list that can't be read, or isn't what its history says.
 */
export async function expectedFiles(
  lists: readonly HashList[],
): Promise<ReadonlyMap<string, readonly Expected[]>> {
  const all = new Map<string, Expected[]>();
  for (const list of lists) {
    const texts = new Map<string, Uint8Array>();
    for (const file of list.files) texts.set(file, await bytesOf(file));
    if (list.history !== null) await checkChain(list.history, texts);
    const expected = new Map<string, readonly Expected[]>();
    for (const [file, bytes] of texts) {
      const own = new Map<string, Expected[]>();
      for (const entry of parsed(file, bytes)) {
        const path = await pathOf(entry.path, list.folder);
        const former =
          entry.formerPath === null ? null : await pathOf(entry.formerPath, list.folder);
        add(own, { ...entry, path, formerPath: former }, expected, file);
      }
      for (const [path, entries] of own) expected.set(path, entries);
    }
    for (const [path, entries] of expected) all.set(path, [...(all.get(path) ?? []), ...entries]);
  }
  return all;
}

/** Adds an entry of a list, with whole paths, to others of it, for earlier lists have said nothing of the file. */
function add(
  own: Map<string, Expected[]>,
  entry: ListedFile,
  earlier: Map<string, readonly Expected[]>,
  list: string,
) {
  const { path, formerPath: former } = entry;
  const before = earlier.get(path) ?? (former === null ? undefined : earlier.get(former));
  if (former !== null) earlier.delete(former);
  if (before?.some(({ hash }) => hash !== null)) {
    earlier.set(path, before);
    return;
  }
  const [first] = entry.hashes;
  const hash = first === undefined ? null : { algorithm: first[0], value: first[1] };
  own.set(path, [...(own.get(path) ?? []), { size: entry.size, hash, list }]);
}

/** Systems write accents in two ways, and a list may have the other one than the files that were copied with it. */
async function pathOf(name: string, folder: string): Promise<string> {
  let path = folder;
  for (const part of name.split('/')) path = await inEitherForm(path, part);
  return path;
}

async function inEitherForm(folder: string, name: string): Promise<string> {
  const forms = new Set([name, name.normalize('NFC'), name.normalize('NFD')]);
  if (forms.size > 1)
    for (const form of forms) {
      const path = join(folder, form);
      if (await exists(path).catch(() => false)) return path;
    }
  return join(folder, name);
}

function parsed(file: string, bytes: Uint8Array): ListedFile[] {
  try {
    return parseMhl(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw unreadable(file, error);
  }
}

function bytesOf(file: string): Promise<Uint8Array> {
  return readWhole(file, MOST_BYTES).catch((error: unknown) => {
    throw unreadable(file, error);
  });
}

function unreadable(file: string, cause: unknown): Error {
  return new Error(`${file} can't be read as a hash list: ${errorMessage(cause)}.`, { cause });
}
