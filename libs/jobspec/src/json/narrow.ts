/** Guards for JSON of unknown origin: each gives a value of the wanted kind, or `null` or nothing. */

export type JsonObject = Record<string, unknown>;

/** JSON that should be a `T`, to take it apart: whoever reads all of a `T` has a rest without a key. */
export type Json<T> = { readonly [K in keyof T]?: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** A text that says something. */
export function filled(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** An amount: less than nothing is nonsense. */
export function amount(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}

export function whole(value: unknown): number | null {
  return Number.isSafeInteger(value) ? Number(value) : null;
}

const MOST_COUNTED = 999_999_999;

/** A number of things: what nobody can have counted is none. */
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
