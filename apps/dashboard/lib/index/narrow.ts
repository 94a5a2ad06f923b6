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

/** What the runner writes has six levels. Of a thousand, writing it out again would run out of stack. */
const LEVELS = 100;

/**
 * @throws SyntaxError when the bytes are no JSON
 * @throws RangeError when it nests too deeply; the message is the end of a sentence
 */
export function parseJson(bytes: Buffer): unknown {
  const json = bytes.toString('utf8');
  const value: unknown = JSON.parse(json.startsWith('\uFEFF') ? json.slice(1) : json);
  if (isDeeper(value, LEVELS)) throw new RangeError(`nests deeper than ${LEVELS} levels`);
  return value;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((item) => isDeeper(item, levels - 1));
}
