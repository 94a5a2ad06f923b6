import { isObject, type JsonObject, list } from './narrow.ts';

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

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
/** What a byte does to how many brackets are open. */
const TURNS = new Map([
  [0x7b, 1],
  [0x5b, 1],
  [0x7d, -1],
  [0x5d, -1],
  [COMMA, 0],
  [COLON, 0],
]);
const WHITE_SPACE = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** A value of the outermost object, by the places of its bytes. */
export interface Member {
  key: string;
  from: number;
  to: number;
}

/**
 * Takes a JSON object apart at its outermost level without making a value of it: memory does not grow with what it holds.
 * Only what is parsed afterwards, piece by piece, is known to be JSON.
 * @param levels that it may nest
 * @throws SyntaxError when it is not an object, or its brackets do not match
 * @throws RangeError when it nests deeper; the message is the end of a sentence
 */
export function* membersOf(bytes: Buffer, levels: number): Generator<Member> {
  for (const { from, to, colon } of partsOf(bytes, { from: 0, to: bytes.length }, '{}', levels)) {
    if (colon < 0) throw new SyntaxError('a member has no value');
    const key: unknown = JSON.parse(bytes.toString('utf8', from, Math.min(colon, from + 1000)));
    yield { key: String(key), from: colon + 1, to };
  }
}

/** The elements of a list, by the places of their bytes. @throws as {@link membersOf} */
export function* elementsOf(bytes: Buffer, list: Span, levels: number): Generator<Span> {
  yield* partsOf(bytes, list, '[]', levels);
}

export interface Span {
  from: number;
  /** The first byte after it. */
  to: number;
}

/** What stands between the commas of the outermost level; `colon` is the first one there, or -1. */
function* partsOf(
  bytes: Buffer,
  span: Span,
  brackets: '{}' | '[]',
  levels: number,
): Generator<Span & { colon: number }> {
  let [start, colon, count] = [-1, -1, 0];
  for (const { at, byte, depth } of structureOf(bytes, span, brackets, levels)) {
    if (byte === COLON) {
      if (colon < 0) colon = at;
      continue;
    }
    const isBlank = start < 0 || isWhiteSpace(bytes, start, at);
    if (isBlank && start >= 0 && (depth === 1 || count > 0))
      throw new SyntaxError('a value is missing');
    if (!isBlank) yield { from: start, to: at, colon };
    if (!isBlank) count += 1;
    [start, colon] = [at + 1, -1];
  }
}

interface Mark {
  at: number;
  byte: number;
  /** Brackets open after it. */
  depth: number;
}

/** The outermost brackets, and the commas and colons between them that stand at no deeper level and in no string. */
function* structureOf(
  bytes: Buffer,
  span: Span,
  brackets: '{}' | '[]',
  levels: number,
): Generator<Mark> {
  let depth = 0;
  for (let at = span.from; at < span.to; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) {
      at = endOfString(bytes, at, span.to);
      continue;
    }
    const turn = TURNS.get(byte);
    if (turn === undefined) continue;
    depth += turn;
    if (depth > levels) throw new RangeError(`nests deeper than ${levels} levels`);
    const isOutermost = turn === 1 ? depth === 1 : depth === (turn === 0 ? 1 : 0);
    if (!isOutermost) continue;
    checkBracket(bytes, span, brackets, { at, byte, depth });
    yield { at, byte, depth };
    if (depth === 0) return;
  }
  throw new SyntaxError('brackets do not match');
}

/** Nothing but white space stands before and behind the outermost brackets. */
function checkBracket(bytes: Buffer, { from, to }: Span, brackets: string, mark: Mark): void {
  const turn = TURNS.get(mark.byte);
  if (turn === 1 && !(mark.byte === brackets.charCodeAt(0) && isWhiteSpace(bytes, from, mark.at)))
    throw new SyntaxError(`does not begin with ${brackets.charAt(0)}`);
  if (
    turn === -1 &&
    !(mark.byte === brackets.charCodeAt(1) && isWhiteSpace(bytes, mark.at + 1, to))
  )
    throw new SyntaxError(`does not end with ${brackets.charAt(1)}`);
}

function isWhiteSpace(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (!WHITE_SPACE.has(bytes[at] ?? 0)) return false;
  return true;
}

function endOfString(bytes: Buffer, start: number, to: number): number {
  let end = bytes.indexOf(QUOTE, start + 1);
  for (; end > 0 && end < to && isEscaped(bytes, start, end);) end = bytes.indexOf(QUOTE, end + 1);
  if (end < 0 || end >= to) throw new SyntaxError('a string does not end');
  return end;
}

function isEscaped(bytes: Buffer, start: number, at: number): boolean {
  let backslashes = 0;
  while (at - 1 - backslashes > start && bytes[at - 1 - backslashes] === BACKSLASH)
    backslashes += 1;
  return backslashes % 2 === 1;
}
