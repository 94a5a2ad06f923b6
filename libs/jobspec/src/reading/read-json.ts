import { visit } from 'jsonc-parser';
import type { Violation } from '../failure/cause.ts';
import { MAX_LISTED_VIOLATIONS, MAX_NESTING, MAX_SOURCES } from '../vocabulary/limits.ts';
import * as say from '../wording/messages.ts';
import { pathOf } from '../wording/shown.ts';
import { decode, invalidJson, sentenceOf, type TextPosition } from './text.ts';

export interface ReadJson {
  /** As `JsonValue` keeps it: objects are maps. */
  value: unknown;
  /** Keys that are reserved or come twice in one object, at any depth. */
  keyViolations: readonly Violation[];
}

/**
 * Bytes to JSON value in one pass, in memory of a small multiple of the file's size, whatever is in it.
 *
 * @throws {JobFailure} `InvalidJsonError` when the text is not JSON, is too large or nests too deep.
 */
export function readJson(bytes: Uint8Array): ReadJson {
  const text = decode(bytes);
  if (text.trim() === '') throw invalidJson(say.emptyFile(), { line: 1, column: 1 });
  const value = new JsonValue();
  const open = (isArray: boolean, place: TextPosition) => {
    if (value.depth === MAX_NESTING) throw invalidJson(say.tooDeep(), place);
    value.open(isArray);
  };
  visit(
    text,
    {
      onArrayBegin: (_offset, _length, line, column) => open(true, placeOf(line, column)),
      onArrayEnd: () => value.close(),
      onObjectBegin: (_offset, _length, line, column) => open(false, placeOf(line, column)),
      onObjectProperty: (key, _offset, _length, line, column) =>
        value.key(key, placeOf(line, column)),
      onObjectEnd: () => value.close(),
      onLiteralValue: (literal) => value.add(literal),
      onError(error, offset, length, line, column) {
        const isLast = offset + length >= text.length;
        throw invalidJson(sentenceOf(error, length, isLast), placeOf(line, column));
      },
    },
    { disallowComments: true },
  );
  return { value: value.root, keyViolations: value.keyViolations };
}

/** From what is counted from 0. */
const placeOf = (line: number, column: number): TextPosition => ({
  line: line + 1,
  column: column + 1,
});

/** Keys that mean something else to JavaScript programs that read the file. */
export const RESERVED_KEYS: readonly string[] = ['__proto__', 'constructor'];

/**
 * An object of a JobSpec, its keys in the order of the file. A map takes less than half of what an object with as many keys
 * does, and every name is only a name to it.
 */
export type JsonObject = ReadonlyMap<string, unknown>;

export const isObject = (value: unknown): value is JsonObject => value instanceof Map;

/** Objects and arrays that are kept with what is in them: the JobSpec and its fields. */
const KEPT_LEVELS = 2;
/** The one field with more below it, as far as its own rules look: `viewing.look.cdl[0].slope[0]`. */
const DEEP_FIELD = 'viewing';
const DEEP_LEVELS = 6;
/** Items of a list that is that deep: three are wanted. */
const DEEP_ITEMS = 4;
const SOME_OBJECT: JsonObject = new Map();
const SOME_ARRAY: readonly unknown[] = [null];

interface Level {
  /** `null` when what is in it is not kept. */
  readonly kept: unknown[] | Map<string, unknown> | null;
  /** The item that is being read. */
  at: string | number;
  /** The keys so far of an object that isn't kept. */
  keys: Set<string> | null;
}

/**
 * Grows a value from the parts of a JSON text, and finds the keys that are reserved or come twice. A hostile file may hold
 * millions of values where the contract wants none: of an array only the first ones are kept, and of what lies deeper than
 * the contract goes only that it is an object or an array.
 */
class JsonValue {
  root: unknown;
  readonly keyViolations: Violation[] = [];
  readonly #levels: Level[] = [];

  get depth(): number {
    return this.#levels.length;
  }

  open(isArray: boolean): void {
    const kept = isArray ? [] : new Map<string, unknown>();
    this.#levels.push({ kept: this.#isKept ? kept : null, at: isArray ? 0 : '', keys: null });
  }

  get #isKept(): boolean {
    return this.depth < (this.#levels[0]?.at === DEEP_FIELD ? DEEP_LEVELS : KEPT_LEVELS);
  }

  close(): void {
    const level = this.#levels.pop();
    if (level !== undefined) this.add(valueOf(level));
  }

  /** Says the key of the value that comes next in an object. */
  key(key: string, place: TextPosition): void {
    const level = this.#levels.at(-1);
    if (level === undefined) return;
    level.at = key;
    if (RESERVED_KEYS.includes(key)) this.#report(say.forbiddenKey, place);
    const known = level.kept instanceof Map ? level.kept : (level.keys ??= new Set());
    if (known.has(key)) this.#report(say.duplicateKey, place);
    else if (known instanceof Set) known.add(key);
  }

  add(value: unknown): void {
    const level = this.#levels.at(-1);
    if (level === undefined) this.root = value;
    else if (typeof level.at === 'string')
      (level.kept as Map<string, unknown> | null)?.set(level.at, value);
    else {
      if (Array.isArray(level.kept) && level.at < this.#mostItems) level.kept.push(value);
      level.at += 1;
    }
  }

  get #mostItems(): number {
    return this.depth < DEEP_LEVELS - 1 ? MAX_SOURCES : DEEP_ITEMS;
  }

  #report(message: (path: string) => string, place: TextPosition): void {
    if (this.keyViolations.length > MAX_LISTED_VIOLATIONS) return;
    const path = pathOf(this.#levels.map(({ at }) => at));
    this.keyViolations.push({ path, message: message(path), ...place });
  }
}

/** An array has its length, although its last items may not have been kept. */
function valueOf({ kept, at }: Level): unknown {
  if (typeof at === 'string') return kept ?? SOME_OBJECT;
  if (!Array.isArray(kept)) return at === 0 ? [] : SOME_ARRAY;
  kept.length = at;
  return kept;
}
