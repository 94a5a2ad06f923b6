import type { Algorithm } from './hash-of.ts';
import { attributeOf, elementsIn, readXml, textOf, type XmlElement } from './xml.ts';

/** File entry of a hash list. */
export interface ListedFile {
  /** Path relative to the folder that the list covers, with `/` separators. */
  path: string;
  /** Path in earlier lists. */
  formerPath: string | null;
  /** Fastest known hash; `null` if there is none. */
  hash: { algorithm: Algorithm; value: string } | null;
}

/** Hash element names of ASC MHL 2.0 and MHL 1.1. The first one present is compared. */
const HASH_ELEMENTS: readonly (readonly [name: string, Algorithm])[] = [
  ['xxh128', 'xxh128'],
  ['xxh3', 'xxh3'],
  ['xxh64', 'xxh64'],
  ['xxhash64be', 'xxh64'],
  ['xxhash64', 'xxh64'],
  ['md5', 'md5'],
  ['sha1', 'sha1'],
];

/**
 * Parses an ASC MHL 2.0 or classic MHL. Hashes recorded as failed are ignored.
 *
 * @throws Error with a sentence if the text is no such list
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
  return {
    path: textOf(path).replaceAll('\\', '/'),
    formerPath: former === undefined ? null : textOf(former),
    hash: hashIn(entry),
  };
}

function hashIn(entry: XmlElement): ListedFile['hash'] {
  for (const [name, algorithm] of HASH_ELEMENTS) {
    const element = elementsIn(entry, name).find((one) => attributeOf(one, 'action') !== 'failed');
    if (element === undefined) continue;
    const hex = textOf(element).toLowerCase();
    // Bytes of `xxhash64` are reversed.
    const value = name === 'xxhash64' ? (hex.match(/../g) ?? []).toReversed().join('') : hex;
    return { algorithm, value };
  }
  return null;
}
