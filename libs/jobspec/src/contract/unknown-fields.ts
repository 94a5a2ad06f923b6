import type { Violation } from '../failure/violation.ts';
import { violationForEach } from '../fields/field.ts';
import { RESERVED_KEYS, type JsonObject } from '../reading/json-value.ts';
import * as say from '../wording/messages.ts';
import { pathOf } from '../wording/shown.ts';
import { fieldsOf } from './fields.ts';

/** A violation for each key of a document that is no field of its version of the contract. */
export function unknownFields(value: JsonObject): Iterable<Violation> {
  const fields = fieldsOf(value.get('jobspec_version'));
  return violationForEach(unknownKeys(value, fields), (key) => {
    const path = pathOf([key]);
    return { path, message: say.unknownField(path, fields) };
  });
}

function* unknownKeys(value: JsonObject, fields: readonly string[]): Generator<string> {
  const known = new Set<string>([...fields, ...RESERVED_KEYS]);
  for (const key of value.keys()) if (!known.has(key)) yield key;
}
