import { errorMessage, openEntry, readWhole } from '../../files/index.ts';
import type { Algorithm } from '../../mhl/algorithms.ts';
import { checkChain } from './chain.ts';
import type { HashList } from './find-lists.ts';
import { ListedPaths } from './listed-paths.ts';
import { MOST_LIST_BYTES, parseMhl, type ListedFile } from '../../mhl/parse-mhl.ts';

/** What a file must be. */
export interface Expected {
  size: number | null;
  hash: { algorithm: Algorithm; value: string } | null;
  /** The list that says so. */
  list: string;
}

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
    const paths = new ListedPaths(list.folder);
    const expected = new Map<string, Statements>();
    for (const [file, bytes] of texts) {
      const own = new Map<string, Statements>();
      for (const entry of parsed(file, bytes)) {
        const path = await paths.find(entry.path);
        const former = entry.formerPath === null ? null : await paths.find(entry.formerPath);
        add(own, { ...entry, path, formerPath: former }, expected, file);
      }
      for (const [path, statements] of own) expected.set(path, statements);
    }
    for (const [path, statements] of expected) {
      const others = all.get(path);
      if (others === undefined) all.set(path, [...statements.values()]);
      else for (const one of statements.values()) others.push(one);
    }
  }
  return all;
}

/** What a list says of one file, each thing once, however often it says so. */
type Statements = Map<string, Expected>;

/** Adds an entry of a list, with whole paths, to others of it, for earlier lists have said nothing of the file. */
function add(
  own: Map<string, Statements>,
  entry: ListedFile,
  earlier: Map<string, Statements>,
  list: string,
) {
  const { path, formerPath: former, size } = entry;
  const before = earlier.get(path) ?? (former === null ? undefined : earlier.get(former));
  if (former !== null) earlier.delete(former);
  if (before !== undefined && hasHash(before)) {
    earlier.set(path, before);
    return;
  }
  const [first] = entry.hashes;
  const hash = first === undefined ? null : { algorithm: first[0], value: first[1] };
  const statements: Statements = own.get(path) ?? new Map<string, Expected>();
  statements.set([size, hash?.algorithm, hash?.value].join(' '), { size, hash, list });
  own.set(path, statements);
}

function hasHash(statements: Statements): boolean {
  for (const { hash } of statements.values()) if (hash !== null) return true;
  return false;
}

function parsed(file: string, bytes: Uint8Array): ListedFile[] {
  try {
    return parseMhl(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw unreadable(file, error);
  }
}

function bytesOf(file: string): Promise<Uint8Array> {
  return readWhole(file, MOST_LIST_BYTES, openEntry).catch((error: unknown) => {
    throw unreadable(file, error);
  });
}

function unreadable(file: string, cause: unknown): Error {
  return new Error(`${file} can't be read as a hash list: ${errorMessage(cause)}.`, { cause });
}
