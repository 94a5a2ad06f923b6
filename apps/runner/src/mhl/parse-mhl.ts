import { LONGEST_PATH } from '../files/index.ts';
import type { Algorithm } from './algorithms.ts';
import { attributeOf, elementsIn, nameOf, readXml, textOf, type XmlElement } from './xml.ts';

/** One file in a list. */
export interface ListedFile {
  /** As the list has it: from the folder that the list is about. */
  path: string;
  /** What it was called in earlier lists. */
  formerPath: string | null;
  size: number | null;
  hashes: ReadonlyMap<Algorithm, string>;
}

/** No hash list of people's is larger: one of 300,000 files has as many bytes. */
export const MOST_LIST_BYTES = 64 * 1024 * 1024;

type Notation = readonly [algorithm: Algorithm, canonical: (text: string) => string];

const lower = (text: string) => text.toLowerCase();

/** What ASC MHL 2.0 and MHL 1.1 call their hashes, and how each is written. The first is the one that is checked. */
const NOTATIONS: Readonly<Record<string, Notation>> = {
  xxh128: ['xxh128', lower],
  xxh3: ['xxh3', lower],
  xxh64: ['xxh64', lower],
  xxhash64be: ['xxh64', lower],
  xxhash64: ['xxh64', (text) => reversed(text.toLowerCase())],
  md5: ['md5', lower],
  sha1: ['sha1', lower],
  c4: ['c4', (text) => text],
  xxh32: ['xxh32', lower],
  xxhash: ['xxh32', (text) => Number(text).toString(16).padStart(8, '0')],
};

/**
 * Reads an ASC MHL 2.0 or a classic MHL. What a list says had failed when it was written is no hash of the file.
 *
 * @throws Error with a sentence when it is no such list.
 */
export function parseMhl(text: string): ListedFile[] {
  const [root] = elementsIn(readXml(text), 'hashlist');
  if (root === undefined) throw new Error('it has no <hashlist>');
  const [list = root] = elementsIn(root, 'hashes');
  return elementsIn(list, 'hash').map(fileOf);
}

function fileOf(entry: XmlElement): ListedFile {
  const field = (name: string) => elementsIn(entry, name)[0];
  const path = field('path') ?? field('file');
  if (path === undefined) throw new Error('a <hash> names no file');
  const former = field('previousPath');
  const name = pathIn(path);
  const size = attributeOf(path, 'size') ?? textOf(field('size') ?? {});
  const hashes = new Map<Algorithm, string>();
  for (const [notation, [algorithm, canonical]] of Object.entries(NOTATIONS))
    for (const element of elementsIn(entry, notation)) {
      if (attributeOf(element, 'action') === 'failed') continue;
      const value = canonical(textOf(element));
      if ((hashes.get(algorithm) ?? value) !== value)
        throw new Error(`it has two ${algorithm} of ${name}`);
      hashes.set(algorithm, value);
    }
  return {
    path: name.replaceAll('\\', '/'),
    formerPath: former === undefined ? null : pathIn(former),
    size: size === '' ? null : Number(size),
    hashes,
  };
}

function pathIn(element: XmlElement): string {
  const path = nameOf(element);
  if (path.length > LONGEST_PATH)
    throw new Error(`one of its paths is longer than ${LONGEST_PATH} characters`);
  return path;
}

/** The bytes of hex digits in the other order. */
function reversed(hex: string): string {
  return Buffer.from(Buffer.from(hex, 'hex').toReversed()).toString('hex');
}
