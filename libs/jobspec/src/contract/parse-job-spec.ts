import { JobFailure } from '../failure/job-failure.ts';
import type { Violation } from '../failure/cause.ts';
import { nameViolations } from '../naming/name-violations.ts';
import { isObject, type JsonObject, RESERVED_KEYS } from '../reading/read-json.ts';
import type { JobSpec } from '../vocabulary/job-spec.ts';
import * as say from '../wording/messages.ts';
import { accepted, type Draft, type Field, violation, violationForEach } from '../fields/field.ts';
import { pathOf } from '../wording/shown.ts';
import { contractViolation, Violations } from './contract-violation.ts';
import { DEFAULTS, entries, entriesOf, fieldsOf } from './fields.ts';
import { isJobSpec, type JobReading, readJob } from './job-reading.ts';

/**
 * Holds a job file against the whole contract that needs no file system.
 *
 * @param file its bytes, or what `readJob` has read of them
 * @throws {JobFailure} `InvalidJsonError` for a text that is not JSON, else `JobSpecValidationError` with every violation.
 */
export function parseJobSpec(file: Uint8Array | JobReading): JobSpec {
  const { json, jobId, fields } = file instanceof Uint8Array ? readJob(file) : file;
  if (json instanceof JobFailure) throw json;
  const { value, keyViolations } = json;
  if (!isObject(value)) throw contractViolation([{ path: '', message: say.notAnObject() }]);
  if (!isJobSpec(value)) throw contractViolation(missingFrom(value));
  const spec = Object.assign({} as JobSpec, DEFAULTS, fields);
  const violations = new Violations();
  violations.add(keyViolations);
  checkFields(spec, violations);
  violations.add(unknownFields(value));
  if (!violations.isIn(NAMING_FIELDS)) violations.add(nameViolations(spec, jobId));
  const { failure } = violations;
  if (failure !== null) throw failure;
  return spec.viewing === undefined ? spec : Object.assign(spec, { viewing: plain(spec.viewing) });
}

/** Of what isn't known to be a JobSpec only this is told. */
function missingFrom(value: JsonObject): Violation[] {
  return entries()
    .filter(([name, { presence }]) => presence === 'required' && !value.has(name))
    .map(([name]) => ({ path: name, message: say.missing(name) }));
}

/** A value that was read, its objects no maps any more: once it is valid, its keys are those of the contract. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  return Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]));
}

/** Output names follow from these fields, and say nothing new while one of them is wrong. */
const NAMING_FIELDS = entries()
  .filter(([, { shapesNames }]) => shapesNames)
  .map(([name]) => name);

/** Adds every violation of the rules of the fields that its version knows. No rule sees another one. */
function checkFields(whole: Draft, violations: Violations): void {
  const known = entriesOf(whole.jobspec_version);
  const draft: Draft = Object.fromEntries(known.map(([name]) => [name, whole[name]]));
  for (const [name, field] of known) violations.add(violationsOf(field, name, draft));
}

/** Absence and null are judged here for the fields whose own rule doesn't. */
function violationsOf(
  { presence, rule }: Field,
  name: keyof Draft,
  draft: Draft,
): Iterable<Violation> {
  const value = draft[name];
  if (presence === 'coupled') return rule(value, name, draft);
  if (value === undefined)
    return presence === 'required' ? violation(name, say.missing(name)) : accepted;
  if (value === null && presence === 'optional') return violation(name, say.notNull(name));
  return rule(value, name, draft);
}

/** A violation for each key of a document that is no field of its version of the contract. */
function unknownFields(value: JsonObject): Iterable<Violation> {
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
