/** Guards for untrusted JSON: each gives a value of the wanted type, or `null` or an empty value. */

/** JSON object whose fields are still unknown. */
export type JsonObject = Record<string, unknown>;

/** Unchecked JSON that should be a `T`, for destructuring: once every key of `T` is named, the rest has no keys. */
export type Json<T> = { readonly [K in keyof T]?: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Non-empty string. */
export function filled(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Finite number, 0 or more. */
export function amount(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}

export function whole(value: unknown): number | null {
  return Number.isSafeInteger(value) ? Number(value) : null;
}

const MOST_COUNTED = 999_999_999;

/** Number of things, from 0 to a plausible maximum. */
export function count(value: unknown): number | null {
  const number = whole(value);
  return number === null || number < 0 || number > MOST_COUNTED ? null : number;
}

export function oneOf<T extends string>(values: readonly T[], value: unknown): T | null {
  return values.find((candidate) => candidate === value) ?? null;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function texts(value: unknown): string[] {
  return list(value).filter((item) => typeof item === 'string');
}

/** String; empty for any other value. */
export function textOrEmpty(value: unknown): string {
  return text(value) ?? '';
}

/** Readers by key of an object. */
type Readers = Readonly<Record<string, (value: unknown) => unknown>>;

/** Object read by a table of readers. */
export type ReadBy<Table extends Readers> = {
  -readonly [Key in keyof Table]: ReturnType<Table[Key]>;
};

/** Reads each key of an object by its reader, in their order. */
export function readBy<Table extends Readers>(readers: Table, value: JsonObject): ReadBy<Table> {
  const read = Object.entries(readers).map(([key, reader]) => [key, reader(value[key])]);
  return Object.fromEntries(read) as ReadBy<Table>;
}

/** JSON object in a file; `null` for any other content. */
export function objectIn(bytes: Uint8Array | string): JsonObject | null {
  const value = jsonIn(typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes));
  return isObject(value) ? value : null;
}

/** Parses JSON; `null` if it is invalid. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
