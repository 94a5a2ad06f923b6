import { list, type JsonObject, isObject } from './narrow.ts';
import { NotAResult } from './narrow-result.ts';
import { elementsOf, membersOf, type Span } from '@app/jobspec/folder';

/** What the runner writes has six levels. Of a thousand, writing it out again would run out of stack. */
const LEVELS = 100;
const BOM = [0xef, 0xbb, 0xbf];
/** Up to this size a file is parsed as a whole: at worst that takes some twenty times as much memory. */
export const WHOLE_BYTES = 2 ** 18;
/** Of a larger file each clip, violation and other member is parsed alone, and none may be larger. */
const PIECE_BYTES = 2 ** 20;

/** The file itself has the rest. */
const VIOLATIONS_KEPT = 1000;

/** A file as JSON; its long list is parsed element by element, so that a hostile file costs hardly more than its bytes. */
export interface Document {
  /** Everything but the long list, which is empty here. */
  value: unknown;
  /** The elements of the long list; `null` when it is not a list. */
  elements: Iterable<unknown> | null;
}

interface Shape {
  /** The member that may be long. */
  long: string;
  /** The most elements that it may have. */
  limit: number;
}

/**
 * @throws SyntaxError when the bytes are not JSON
 * @throws RangeError when it nests too deeply; the message is the end of a sentence
 * @throws NotAResult when it holds more than the contract allows
 */
export function readJson(file: Buffer, shape: Shape): Document {
  const bytes = file.subarray(BOM.every((byte, at) => file[at] === byte) ? BOM.length : 0);
  return bytes.length <= WHOLE_BYTES ? whole(bytes, shape) : inPieces(bytes, shape);
}

function whole(bytes: Buffer, { long, limit }: Shape): Document {
  const value: unknown = JSON.parse(bytes.toString('utf8'));
  if (isDeeper(value, LEVELS)) throw new RangeError(`nests deeper than ${LEVELS} levels`);
  if (!isObject(value)) return { value, elements: null };
  const { [long]: elements } = value;
  const count = list(elements).length;
  if (count > limit) throw tooMany(long, count, limit);
  return { value, elements: Array.isArray(elements) ? elements : null };
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  const parts: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  for (const part of parts) if (typeof part === 'object' && isDeeper(part, levels - 1)) return true;
  return false;
}

function inPieces(bytes: Buffer, { long, limit }: Shape): Document {
  const value: JsonObject = {};
  let elements: Iterable<unknown> | null = null;
  for (const { key, from, to } of membersOf(bytes, LEVELS)) {
    if (key === long) {
      if (elements !== null) throw new NotAResult(`names ${long} twice`);
      elements = pieces(bytes, { from, to }, long, limit);
    } else if (key === 'violations')
      value[key] = [...pieces(bytes, { from, to }, key, limit)].slice(0, VIOLATIONS_KEPT);
    else if (to - from > PIECE_BYTES) throw new NotAResult(`holds a ${key} of more than 1 MiB`);
    else value[key] = JSON.parse(bytes.toString('utf8', from, to));
  }
  return { value, elements };
}

function* pieces(bytes: Buffer, span: Span, name: string, limit: number): Generator {
  let count = 0;
  for (const { from, to } of elementsOf(bytes, span, LEVELS)) {
    count += 1;
    if (count > limit) throw tooMany(name, count, limit);
    if (to - from > PIECE_BYTES)
      throw new NotAResult(`holds an element of ${name} of more than 1 MiB`);
    yield JSON.parse(bytes.toString('utf8', from, to)) as unknown;
  }
}

function tooMany(name: string, count: number, limit: number): NotAResult {
  const found = count > limit + 1 ? `${count}` : `more than ${limit}`;
  return new NotAResult(`lists ${found} ${name}; a job has at most ${limit}`);
}
