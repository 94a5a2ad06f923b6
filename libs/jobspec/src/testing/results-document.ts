import type { Schema } from '../schema/json-schema.ts';

/** Objects with a table of their own, by the field that holds them. */
const OWN_TABLES = ['clips', 'facts', 'pictures', 'cause'] as const;
type Table = 'job' | (typeof OWN_TABLES)[number];

/** More values than these are not listed. */
const LISTED = 4;
const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  boolean: '`true` or `false`',
  null: '`null`',
};

/** Tables of the fields of a result in docs/results.md, by the schema; their names are in its markers. */
export function resultTables(schema: Schema): Record<Table, string> {
  const { clips, cause } = objectsIn(schema);
  const { facts, pictures } = objectsIn(clips);
  const tables = { job: schema, clips, facts, pictures, cause };
  return Object.fromEntries(
    Object.entries(tables).map(([name, one]) => [name, tableOf(one ?? {})]),
  ) as Record<Table, string>;
}

function tableOf(schema: Schema): string {
  const rows = [['field', 'value', 'meaning'], ['---', '---', '---'], ...rowsOf(schema, '')];
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function rowsOf(schema: Schema, before: string): string[][] {
  const { required = [] } = schema as { required?: readonly string[] };
  return Object.entries(propertiesOf(schema)).flatMap(([name, field]) => {
    const value = required.includes(name) ? valueOf(field) : `${valueOf(field)}; may be absent`;
    const { description = '' } = field as { description?: string };
    const row = [`\`${before}${name}\``, value, description];
    const below = OWN_TABLES.some((one) => one === name) ? {} : (field['items'] ?? field);
    const path = `${before}${name}${field['items'] === undefined ? '' : '[]'}.`;
    return [row].concat(rowsOf(below as Schema, path));
  });
}

function valueOf({ type, enum: known, const: only, anyOf, items }: Schema): string {
  if (Array.isArray(anyOf)) return anyOf.map((one: Schema) => valueOf(one)).join(', or ');
  if (only !== undefined) return code(only);
  if (Array.isArray(known)) {
    const values = known.length > LISTED ? ['text'] : known.filter((one) => one !== null).map(code);
    return [...values, ...(known.includes(null) ? [code(null)] : [])].join(', ');
  }
  const types = [type ?? 'any'].flat() as string[];
  const words = types.map((one) => (one === 'array' ? listOf(items) : (KINDS[one] ?? one)));
  return words.join(', ');
}

const listOf = (items: unknown) => `list of ${valueOf(items as Schema)}s`;
const code = (value: unknown) => `\`${String(value)}\``;

/** Objects of a schema by field, also those in lists. */
function objectsIn(schema: Schema | undefined): Record<string, Schema | undefined> {
  const entries = Object.entries(propertiesOf(schema ?? {}));
  return Object.fromEntries(entries.map(([name, one]) => [name, (one['items'] ?? one) as Schema]));
}

function propertiesOf(schema: Schema): Record<string, Schema> {
  return (schema['properties'] ?? {}) as Record<string, Schema>;
}
