import { isObject, type JsonObject } from '../json/narrow.ts';
import type { Schema } from '../schema/json-schema.ts';

/** Keywords by which values are read. Patterns and conditions between fields concern only writers. */
interface Keywords {
  type?: string | readonly string[];
  enum?: readonly unknown[];
  const?: unknown;
  anyOf?: readonly Schema[];
  minLength?: number;
  minimum?: number;
  maximum?: number;
  items?: Schema;
  maxItems?: number;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: Schema | false;
}

/** Maximum plausible count, unless a schema has its own. */
const MOST_COUNTED = 999_999_999;
/** Values for a missing string, number or boolean. */
const BLANKS: Readonly<Record<string, unknown>> = {
  string: '',
  number: 0,
  integer: 0,
  boolean: false,
};

/**
 * Reads an object by its schema. A missing or wrong value becomes `null` or empty, or stays absent if it may be absent. Invalid
 * items of a list and unknown keys are left out.
 */
export function readBy(schema: Schema, object: JsonObject): JsonObject {
  return partsOf(schema, object, true) ?? {};
}

/** @returns `undefined` for an invalid value */
function valueOf(schema: Schema, value: unknown): unknown {
  const { anyOf, enum: known, const: only, type } = schema as Keywords;
  if (anyOf) return anyOf.reduce<unknown>((read, one) => read ?? valueOf(one, value), undefined);
  if (known) return known.find((one) => one === value);
  if (only !== undefined) return value === only ? only : undefined;
  if (type === undefined) return value ?? null;
  return ofType(schema, value);
}

function ofType(schema: Schema, value: unknown): unknown {
  const { type, minLength = 0 } = schema as Keywords;
  if (value === null) return isOf(type, 'null') ? null : undefined;
  if (typeof value === 'number') return isNumber(schema, value) ? value : undefined;
  if (Array.isArray(value)) return isOf(type, 'array') ? itemsOf(schema, value) : undefined;
  if (!isOf(type, typeof value)) return undefined;
  if (isObject(value)) return partsOf(schema, value, false);
  return typeof value === 'string' && value.length < minLength ? undefined : value;
}

function isOf(type: Keywords['type'], kind: string): boolean {
  return type === kind || (Array.isArray(type) && type.includes(kind));
}

function isNumber({ type, minimum = -Infinity, maximum }: Keywords, value: number): boolean {
  const isWhole = isOf(type, 'integer');
  const most = maximum ?? (isWhole && minimum >= 0 ? MOST_COUNTED : Number.MAX_VALUE);
  const isKind = isWhole ? Number.isSafeInteger(value) : isOf(type, 'number');
  return isKind && value >= minimum && value <= most;
}

function itemsOf({ items = {}, maxItems }: Keywords, list: readonly unknown[]): unknown[] {
  const read = list.slice(0, maxItems).map((item) => valueOf(items, item));
  return read.filter((item) => item !== undefined);
}

/** @param isLenient true if blanks replace missing strings, numbers and booleans, which otherwise make the object invalid */
function partsOf(schema: Schema, object: JsonObject, isLenient: boolean): JsonObject | undefined {
  const { properties, required = [], additionalProperties } = schema as Keywords;
  if (properties === undefined)
    return additionalProperties ? mapOf(additionalProperties, object) : object;
  const read: JsonObject = {};
  for (const key in properties) {
    const part = properties[key] as Schema;
    let value = valueOf(part, object[key]);
    const isMissing = value === undefined && required.includes(key);
    if (isMissing) value = emptyValueOf(part, isLenient);
    if (value !== undefined) read[key] = value;
    else if (isMissing && !isLenient) return undefined;
  }
  return read;
}

function mapOf(schema: Schema, object: JsonObject): JsonObject {
  const read = { ...object };
  for (const key of Object.keys(read)) {
    read[key] = valueOf(schema, read[key]);
    if (read[key] === undefined) delete read[key];
  }
  return read;
}

function emptyValueOf(schema: Schema, isLenient: boolean): unknown {
  const { type, enum: known } = schema as Keywords;
  if (isOf(type, 'null') || known?.includes(null)) return null;
  if (type === 'array') return [];
  if (type === 'object') return partsOf(schema, {}, isLenient);
  return isLenient && typeof type === 'string' ? BLANKS[type] : undefined;
}
