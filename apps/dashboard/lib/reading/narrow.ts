/** Guards for JSON of unknown origin: each gives a value of the wanted kind or `null`. */

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

export function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** An amount: less than nothing is nonsense. */
export function amount(value: unknown): number | null {
  const read = number(value);
  return read === null || read < 0 ? null : read;
}

export function whole(value: unknown): number | null {
  return Number.isSafeInteger(value) ? Number(value) : null;
}

/** A number of things: what nobody can have counted is none. */
export function count(value: unknown): number | null {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MOST_COUNTED
    ? Number(value)
    : null;
}

const MOST_COUNTED = 999_999_999;

export function oneOf<T extends string>(values: readonly T[], value: unknown): T | null {
  return values.find((candidate) => candidate === value) ?? null;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function texts(value: unknown): string[] {
  return list(value).filter((item) => typeof item === 'string');
}

/** Milliseconds since 1970 of a written instant; `null` when it is none. */
export function instant(value: string | null): number | null {
  const milliseconds = value === null ? Number.NaN : Date.parse(value);
  return Number.isNaN(milliseconds) ? null : milliseconds;
}
