import { JOB_ID, MAX_REASON_LENGTH } from '../vocabulary/limits.ts';

/** JSON Schema 2020-12 as data; the tests compile it. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

export const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

/** Schema that must hold if the condition does, with another one for all other values. */
export const when = (condition: Schema, then: Schema, otherwise: Schema = {}): Schema => ({
  if: condition,
  // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema; no schema is ever awaited
  then,
  ...(Object.keys(otherwise).length > 0 && { else: otherwise }),
});

/** Requires a field to have one of the values. */
export const fieldIs = (field: string, ...values: readonly unknown[]): Schema => ({
  required: [field],
  properties: { [field]: values.length === 1 ? { const: values[0] } : { enum: values } },
});

/** Schema of an object with exactly these keys, required except for the optional ones. */
export function closedObject<Key extends string>(
  properties: Readonly<Record<Key, Schema>>,
  optional: readonly NoInfer<Key>[] = [],
  rest: Schema = {},
): Schema {
  const required = Object.keys(properties).filter((key) => !optional.some((one) => one === key));
  return { type: 'object', additionalProperties: false, required, properties, ...rest };
}

export const TEXT: Schema = { type: 'string', minLength: 1 };
export const JOB_ID_TEXT: Schema = { type: 'string', pattern: JOB_ID.source };
export const COUNT: Schema = { type: 'integer', minimum: 0 };
export const ONE_UP: Schema = { type: 'integer', minimum: 1 };
export const SECONDS: Schema = { type: 'number', minimum: 0 };
export const TIME: Schema = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}\\+00:00$',
  description: 'UTC, such as 2025-12-28T12:00:05.123+00:00.',
};

export const nullable = (schema: Schema): Schema => ({ ...schema, type: [schema['type'], 'null'] });

/** Schema of one line of bounded length; `null` without a failure. */
export const REASON: Schema = {
  type: ['string', 'null'],
  minLength: 1,
  maxLength: MAX_REASON_LENGTH,
  pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f]*$',
};
