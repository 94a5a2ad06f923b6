import { visit } from 'jsonc-parser';
import type { Violation } from '../failure/cause.ts';
import { MAX_LISTED_VIOLATIONS, MAX_NESTING, MAX_SOURCES } from '../vocabulary/limits.ts';
import * as say from '../wording/messages.ts';
import { pathOf } from '../wording/quoted.ts';
import { decode, invalidJson, sentenceOf, type TextPosition } from './text.ts';

export interface ReadJson {
  /** Value kept by `JsonValue`: objects are maps. */
  value: unknown;
  /** Keys that are reserved or duplicate, at any depth. */
  keyViolations: readonly Violation[];
}

/**
 * Parses JSON in one pass. Memory is a small multiple of the file's size, whatever its content.
 *
 * @throws {JobFailure} `InvalidJsonError` if the text is not JSON, is too large or nests too deep.
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

/** Position counted from 1, for one counted from 0. */
const placeOf = (line: number, column: number): TextPosition => ({
  line: line + 1,
  column: column + 1,
});

/** Keys with a special meaning for JavaScript programs that read the file. */
export const RESERVED_KEYS: readonly string[] = ['__proto__', 'constructor'];

/**
 * Object of a JobSpec, its keys in the order of the file. A map takes less than half the memory of an object, and any key is
 * safe in it.
 */
export type JsonMap = ReadonlyMap<string, unknown>;

export const isObject = (value: unknown): value is JsonMap => value instanceof Map;

/** Levels of objects and arrays that are kept with their contents: the JobSpec and its fields. */
const KEPT_LEVELS = 2;
/** The only field with deeper levels, as far as its rules look: `viewing.look.cdl[0].slope[0]`. */
const DEEP_FIELD = 'viewing';
const DEEP_LEVELS = 6;
/** Items kept of a list at the deepest level: three are valid. */
const DEEP_ITEMS = 4;
const SOME_OBJECT: JsonMap = new Map();
const SOME_ARRAY: readonly unknown[] = [null];

interface Level {
  /** `null` if its contents are not kept. */
  readonly kept: unknown[] | Map<string, unknown> | null;
  /** Key or index of the item being read. */
  at: string | number;
  /** Keys so far of an object that isn't kept. */
  keys: Set<string> | null;
}

/**
 * Builds a value from the events of a JSON parser, and finds keys that are reserved or duplicate. A hostile file may
 * hold millions of values where the contract wants none: an array keeps only its first items, and anything nested
 * deeper than in the contract only its type, object or array.
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

  /** Sets the key of the next value in an object. */
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

/** Value of a finished level. An array keeps its length, although its last items may not have been kept. */
function valueOf({ kept, at }: Level): unknown {
  if (typeof at === 'string') return kept ?? SOME_OBJECT;
  if (!Array.isArray(kept)) return at === 0 ? [] : SOME_ARRAY;
  kept.length = at;
  return kept;
}
