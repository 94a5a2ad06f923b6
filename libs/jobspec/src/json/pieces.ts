import { isObject, list, type JsonObject } from './narrow.ts';
import { elementsOf, membersOf, type Span } from './spans.ts';

/** What the runner writes has six levels. Of a thousand, writing it out again would run out of stack. */
const LEVELS = 100;
const BOM = [0xef, 0xbb, 0xbf];
/** Up to this size a file is parsed as a whole: at worst that takes some twenty times as much memory. */
export const WHOLE_BYTES = 2 ** 18;
/** Of a larger file each element of a list and each other member is parsed alone, and none may be larger. */
const PIECE_BYTES = 2 ** 20;

/** A file holds more than its reader takes; the message is the end of a sentence that begins with the file's name. */
export class TooMuch extends Error {}

/** A JSON file whose long list is parsed element by element: a hostile file costs hardly more than its bytes. */
export interface Pieces {
  /** Everything but the long list. */
  value: unknown;
  /** The elements of the long list, which are parsed as they are asked for; `null` when it is not a list. */
  elements: Iterable<unknown> | null;
}

export interface Shape {
  /** The member that may be long. */
  long: string;
  /** Other members that may be long, with the number of their first elements that are kept. */
  kept?: Readonly<Record<string, number>>;
  /** The most elements that any of them may have. */
  limit: number;
}

/**
 * Reads a JSON file of bounded size.
 *
 * @throws SyntaxError when the bytes are not JSON; of a larger file also while its elements are asked for
 * @throws RangeError when it nests too deeply; the message is the end of a sentence
 * @throws TooMuch
 */
export function readPieces(file: Buffer, shape: Shape): Pieces {
  const bytes = file.subarray(BOM.every((byte, at) => file[at] === byte) ? BOM.length : 0);
  return bytes.length <= WHOLE_BYTES ? whole(bytes, shape) : inPieces(bytes, shape);
}

function whole(bytes: Buffer, { long, limit }: Shape): Pieces {
  const value: unknown = JSON.parse(bytes.toString('utf8'));
  if (isDeeper(value, LEVELS)) throw new RangeError(`nests deeper than ${LEVELS} levels`);
  if (!isObject(value)) return { value, elements: null };
  const { [long]: elements, ...rest } = value;
  const { length } = list(elements);
  if (length > limit) throw tooMany(long, length, limit);
  return { value: rest, elements: Array.isArray(elements) ? elements : null };
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  const parts: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  return parts.some((part) => isDeeper(part, levels - 1));
}

function inPieces(bytes: Buffer, { long, kept = {}, limit }: Shape): Pieces {
  const value: JsonObject = {};
  let elements: Iterable<unknown> | null = null;
  for (const { key, ...span } of membersOf(bytes, LEVELS)) {
    const most = kept[key];
    if (key === long) {
      if (elements !== null) throw new TooMuch(`names ${long} twice`);
      elements = elementsIn(bytes, span, long, limit);
    } else if (most !== undefined) {
      value[key] = [...elementsIn(bytes, span, key, limit)].slice(0, most);
    } else value[key] = valueIn(bytes, span, key);
  }
  return { value, elements };
}

function* elementsIn(bytes: Buffer, list: Span, name: string, limit: number): Generator {
  let count = 0;
  for (const span of elementsOf(bytes, list, LEVELS)) {
    count += 1;
    if (count > limit) throw tooMany(name, count, limit);
    yield valueIn(bytes, span, `element of ${name}`);
  }
}

function valueIn(bytes: Buffer, { from, to }: Span, name: string): unknown {
  if (to - from > PIECE_BYTES)
    throw new TooMuch(`holds ${article(name)} ${name} of more than 1 MiB`);
  return JSON.parse(bytes.toString('utf8', from, to));
}

function article(name: string): string {
  return name.startsWith('element') ? 'an' : 'a';
}

function tooMany(name: string, count: number, limit: number): TooMuch {
  const found = count > limit + 1 ? `${count}` : `more than ${limit}`;
  return new TooMuch(`lists ${found} ${name}; a job has at most ${limit}`);
}
