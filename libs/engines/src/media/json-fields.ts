import { isObject, type JsonObject } from '@app/jobspec';

export { isObject, type JsonObject };

/** The value if it is an object, else an empty object. */
export function objectOrEmpty(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** Objects in an array; all other items, and values other than arrays, are left out. */
export function objectsOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((item) => isObject(item)) : [];
}

/** Words that ffprobe writes for unknown values. */
const UNKNOWN_WORDS: ReadonlySet<string> = new Set(['', 'unknown', 'none', 'N/A', 'unspecified']);

/** A text with a value: absent, `unknown`, `none`, `N/A` are all `null`. */
export function knownText(value: unknown): string | null {
  return typeof value === 'string' && !UNKNOWN_WORDS.has(value) ? value : null;
}

/** A finite number, written as a number or as a string (ffprobe does both). */
export function finiteNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  const text = knownText(value);
  if (text === null) return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}

/** A count or size; 0 is ffprobe's way of not knowing it. */
export function positiveNumber(value: unknown): number | null {
  const number = finiteNumber(value);
  return number !== null && number > 0 ? number : null;
}

/** Text fields with keys in lower case. `Object.fromEntries` makes `__proto__` a key like any other. */
export function lowerCaseTexts(value: unknown): Readonly<Record<string, string>> {
  const texts = Object.entries(objectOrEmpty(value)).flatMap(([key, text]) =>
    typeof text === 'string' ? [[key.toLowerCase(), text] as const] : [],
  );
  return Object.fromEntries(texts);
}
