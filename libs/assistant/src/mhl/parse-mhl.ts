import type { Algorithm } from './hash-of.ts';
import { attributeOf, elementsIn, readXml, textOf, type XmlElement } from './xml.ts';

/** A file, as a hash list has it. */
export interface ListedFile {
  /** From the folder that the list is about, with `/` between its parts. */
  path: string;
  /** What it was called in earlier lists. */
  formerPath: string | null;
  /** The fastest that it has; `null` for none that is known. */
  hash: { algorithm: Algorithm; value: string } | null;
}

/** What ASC MHL 2.0 and MHL 1.1 call their hashes; the first that is there is compared. */
const NOTATIONS: readonly (readonly [name: string, Algorithm])[] = [
  ['xxh128', 'xxh128'],
  ['xxh3', 'xxh3'],
  ['xxh64', 'xxh64'],
  ['xxhash64be', 'xxh64'],
  ['xxhash64', 'xxh64'],
  ['md5', 'md5'],
  ['sha1', 'sha1'],
];

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
  return {
    path: textOf(path).replaceAll('\\', '/'),
    formerPath: former === undefined ? null : textOf(former),
    hash: hashIn(entry),
  };
}

function hashIn(entry: XmlElement): ListedFile['hash'] {
  for (const [name, algorithm] of NOTATIONS) {
    const element = elementsIn(entry, name).find((one) => attributeOf(one, 'action') !== 'failed');
    if (element === undefined) continue;
    const hex = textOf(element).toLowerCase();
    // Of the other byte order.
    const value = name === 'xxhash64' ? (hex.match(/../g) ?? []).toReversed().join('') : hex;
    return { algorithm, value };
  }
  return null;
}
