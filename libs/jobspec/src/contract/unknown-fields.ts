import type { Violation } from '../failure/violation.ts';
import { violationForEach } from '../fields/field.ts';
import { RESERVED_KEYS, type JsonObject } from '../reading/json-value.ts';
import * as say from '../wording/messages.ts';
import { pathOf } from '../wording/shown.ts';
import { JOBSPEC_FIELDS } from './fields.ts';

/** A violation for each key of a document that is no field of the contract. */
export const unknownFields = (value: JsonObject): Iterable<Violation> =>
  violationForEach(unknownKeys(value), (key) => {
    const path = pathOf([key]);
    return { path, message: say.unknownField(path, JOBSPEC_FIELDS) };
  });

function* unknownKeys(value: JsonObject): Generator<string> {
  const known = new Set<string>([...JOBSPEC_FIELDS, ...RESERVED_KEYS]);
  for (const key of value.keys()) if (!known.has(key)) yield key;
}
