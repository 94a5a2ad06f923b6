import { XMLParser } from 'fast-xml-parser';
import { basename, join } from 'node:path';
import { readFile, stat } from '../../files/patient-fs.ts';
import { errorCode } from '../../files/system-error.ts';
import { printable } from '../../text/printable.ts';
import { c4Of } from './c4.ts';

/** The folder of a history, beside what it lists. */
export const HISTORY_FOLDER = 'ascmhl';
/** Inside it: which hash lists there are, and the hash of each. */
export const CHAIN_NAME = 'ascmhl_chain.xml';

export interface Generation {
  number: number;
  /** The name of its hash list. */
  name: string;
  c4: string;
}

/** What earlier hand-overs have said of the files below a folder. */
export interface History {
  generations: Generation[];
  /** XXH64 by path below the folder, as it was first listed. */
  hashes: Map<string, string>;
}

/** The history can't be trusted or read; nothing is added to it. */
export class HistoryError extends Error {
  override readonly name = 'HistoryError';
}

/** No hash list of people's is larger, in bytes. */
const MOST_BYTES = 256 * 1024 * 1024;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: '#',
  alwaysCreateTextNode: true,
  parseTagValue: false,
  trimValues: false,
  removeNSPrefix: true,
  isArray: (name) => name === 'hash' || name === 'hashlist',
});

interface Text {
  '#'?: string;
}

interface ChainFile {
  ascmhldirectory?: { hashlist?: { '@sequencenr'?: string; path?: Text; c4?: Text }[] };
}

interface HashListFile {
  hashlist?: { hashes?: { hash?: { path?: Text; xxh64?: Text }[] } }[];
}

/**
 * Reads the history of a folder: an empty one where there is none yet.
 *
 * @throws HistoryError when a list isn't what its chain says, or can't be read as one.
 */
export async function readHistory(root: string): Promise<History> {
  const folder = join(root, HISTORY_FOLDER);
  const history: History = { generations: [], hashes: new Map() };
  const chain = await readBounded(join(folder, CHAIN_NAME)).catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') throw error;
    return null;
  });
  if (chain === null) return history;
  const parsed = parse(chain, join(folder, CHAIN_NAME)) as ChainFile;
  for (const entry of parsed.ascmhldirectory?.hashlist ?? []) {
    const generation = generationOf(entry, folder);
    const path = join(folder, generation.name);
    const bytes = await readBounded(path);
    if (c4Of(bytes) !== generation.c4)
      throw new HistoryError(`${printable(path)} isn't what its chain says: it was changed.`);
    history.generations.push(generation);
    for (const [file, xxh64] of hashesOf(parse(bytes, path) as HashListFile))
      if (!history.hashes.has(file)) history.hashes.set(file, xxh64);
  }
  return history;
}

function generationOf(
  entry: { '@sequencenr'?: string; path?: Text; c4?: Text },
  folder: string,
): Generation {
  const number = Number(entry['@sequencenr']);
  const [name, c4] = [entry.path?.['#'] ?? '', entry.c4?.['#'] ?? ''];
  if (!Number.isSafeInteger(number) || name === '' || basename(name) !== name || c4 === '')
    throw new HistoryError(`${printable(join(folder, CHAIN_NAME))} has an entry that is none.`);
  return { number, name, c4 };
}

function* hashesOf({ hashlist }: HashListFile): Generator<[string, string]> {
  for (const list of hashlist ?? [])
    for (const { path, xxh64 } of list.hashes?.hash ?? []) {
      const [file, hash] = [path?.['#'], xxh64?.['#']];
      if (file !== undefined && hash !== undefined) yield [file, hash.toLowerCase()];
    }
}

async function readBounded(path: string): Promise<Uint8Array> {
  if ((await stat(path)).size > MOST_BYTES)
    throw new HistoryError(`${printable(path)} is larger than any hash list.`);
  return readFile(path);
}

function parse(bytes: Uint8Array, path: string): unknown {
  try {
    return parser.parse(bytes, true);
  } catch {
    throw new HistoryError(`${printable(path)} can't be read as XML.`);
  }
}
