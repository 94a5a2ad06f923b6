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
