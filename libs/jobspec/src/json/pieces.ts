import { isObject, type JsonObject, list } from './narrow.ts';

/** Maximum nesting. The runner writes six levels; at a thousand, stringifying would overflow the stack. */
const LEVELS = 100;
const BOM = [0xef, 0xbb, 0xbf];
/** Size up to which a file is parsed as a whole, at up to twenty times as much memory. */
export const WHOLE_BYTES = 2 ** 18;
/** Maximum size of each element of a list and each other member of a larger file, which are parsed one by one. */
const PIECE_BYTES = 2 ** 20;

/**
 * Error for a file with more content than its reader takes; the message continues a sentence that begins with the file's name.
 */
export class TooMuch extends Error {}

/** JSON file whose long list is parsed element by element, so that a hostile file costs hardly more than its bytes. */
export interface Pieces {
  /** Everything but the long list. */
  value: unknown;
  /** Elements of the long list, parsed as they are consumed; `null` if it is not a list. */
  elements: Iterable<unknown> | null;
}

export interface Shape {
  /** Member that may be long. */
  long: string;
  /** Other members that may be long, with the number of first elements to keep. */
  kept?: Readonly<Record<string, number>>;
  /** Maximum number of elements in each of them. */
  limit: number;
}

/**
 * Reads a JSON file of bounded size.
 *
 * @throws SyntaxError if the bytes are not JSON; for a larger file also while its elements are consumed
 * @throws RangeError if it nests too deeply; the message is the end of a sentence
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

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const OBJECT = { open: 0x7b, close: 0x7d };
const LIST = { open: 0x5b, close: 0x5d };
const BLANKS = new Set([0x20, 0x09, 0x0a, 0x0d]);
/** Change of nesting depth at a byte; a comma changes nothing, but separates pieces. */
const DEPTH_CHANGES = new Map([[COMMA, 0]]);
for (const { open, close } of [OBJECT, LIST]) DEPTH_CHANGES.set(open, 1).set(close, -1);

/** Member of the outermost object, with the offsets of its value. */
export interface Member {
  key: string;
  from: number;
  to: number;
}

/**
 * Splits a JSON object into the members of its outermost level without parsing values: memory does not grow with its
 * content. A member is checked only when it is parsed.
 *
 * @param levels maximum nesting
 * @throws SyntaxError if it is not an object, or its brackets do not match
 * @throws RangeError if it nests deeper; the message is the end of a sentence
 */
export function* membersOf(bytes: Buffer, levels: number): Generator<Member> {
  for (const { from, to } of partsOf(bytes, { from: 0, to: bytes.length }, OBJECT, levels)) {
    const begin = bytes.toString('latin1', from, Math.min(to, from + LONGEST_KEY));
    const [before = '', key] = KEY.exec(begin) ?? [];
    if (key === undefined) throw new SyntaxError('a member is no key with a value');
    const name = JSON.parse(Buffer.from(key, 'latin1').toString()) as string;
    yield { key: name, from: from + before.length, to };
  }
}

const KEY = /^\s*("(?:\\.|[^"\\])*")\s*:/;
const LONGEST_KEY = 1000;

/** Offsets of the elements of a list. @throws as {@link membersOf} */
export function* elementsOf(bytes: Buffer, list: Span, levels: number): Generator<Span> {
  yield* partsOf(bytes, list, LIST, levels);
}

export interface Span {
  from: number;
  /** First byte after it. */
  to: number;
}

/**
 * Spans between the commas directly inside the outermost brackets. Blank spans, and brackets that don't match inside a
 * span, are left to the parser of that piece.
 */
function* partsOf(
  bytes: Buffer,
  span: Span,
  { open, close }: typeof OBJECT,
  levels: number,
): Generator<Span> {
  const marks = marksIn(bytes, span, levels);
  const [begin, bracket] = marks.next().value ?? [];
  if (begin === undefined || bracket !== open || !isBlank(bytes, span.from, begin))
    throw new SyntaxError('brackets do not begin as they should');
  let from = begin + 1;
  for (const [to, byte] of marks) {
    const isWanted = byte === COMMA || from > begin + 1 || !isBlank(bytes, from, to);
    if (isWanted) yield { from, to };
    from = to + 1;
    if (byte === close && isBlank(bytes, from, span.to)) return;
    if (byte !== COMMA) break;
  }
  throw new SyntaxError('brackets do not match');
}

/** Outermost brackets, and the commas directly between them; those in strings are skipped. */
function* marksIn(
  bytes: Buffer,
  { from, to }: Span,
  levels: number,
): Generator<[number, number], undefined> {
  let [depth, isString] = [0, false];
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] as number;
    if (isString && byte === BACKSLASH) at += 1;
    else if (byte === QUOTE) isString = !isString;
    const change = isString ? undefined : DEPTH_CHANGES.get(byte);
    if (change === undefined) continue;
    depth += change;
    if (depth > levels) throw new RangeError(`nests deeper than ${levels} levels`);
    if (depth === (change < 0 ? 0 : 1)) yield [at, byte];
  }
}

function isBlank(bytes: Buffer, from: number, to: number): boolean {
  return bytes.subarray(from, to).every((byte) => BLANKS.has(byte));
}
