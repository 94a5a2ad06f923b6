import { basename, dirname, join } from 'node:path';
import { errorCode, openEntry, readWhole } from '../files/index.ts';
import { attributeOf, elementsIn, readXml, textOf, type XmlElement } from './xml.ts';

/** The folder of a history, beside what it lists. */
export const HISTORY_FOLDER = 'ascmhl';
/** Inside it: which hash lists there are, and the hash of each. */
export const CHAIN_NAME = 'ascmhl_chain.xml';

/** Says whether a name in the folder of a history is its chain or a list. macOS leaves hidden files beside both. */
export function isOfHistory(name: string): boolean {
  return name === CHAIN_NAME || (name.endsWith('.mhl') && !name.startsWith('.'));
}

/** What can't be looked into is a history that can't be read, unless something else is called like its folder. */
export function namesInHidden(error: unknown): [] | null {
  return ['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '') ? [] : null;
}

/** A hash list as its chain has it. */
export interface Generation {
  number: number;
  name: string;
  c4: string;
}

/** No chain of people's is larger, in bytes. */
const MOST_BYTES = 32 * 1024 * 1024;

/**
 * Reads the chain of a history.
 *
 * @throws Error with a sentence when it is none; the system's error when it can't be read.
 */
export async function readChain(path: string): Promise<Generation[]> {
  const text = (await readWhole(path, MOST_BYTES, openEntry)).toString();
  const [root = {}] = elementsIn(readXml(text), 'ascmhldirectory');
  return elementsIn(root, 'hashlist').map(generationOf);
}

/** The path of a list that a chain names. */
export function listPath(chain: string, { name }: Generation): string {
  return join(dirname(chain), name);
}

function generationOf(entry: XmlElement): Generation {
  const text = (name: string) => textOf(elementsIn(entry, name)[0] ?? {});
  const number = Number(attributeOf(entry, 'sequencenr'));
  const [name, c4] = [text('path'), text('c4')];
  if (!Number.isSafeInteger(number) || name === '' || basename(name) !== name || c4 === '')
    throw new Error('one of its entries has no number, file name or hash');
  return { number, name, c4 };
}
