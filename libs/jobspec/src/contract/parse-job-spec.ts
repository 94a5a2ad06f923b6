import { JobFailure } from '../failure/job-failure.ts';
import type { Violation } from '../failure/cause.ts';
import { nameViolations } from '../naming/name-violations.ts';
import { isObject, type JsonMap, RESERVED_KEYS } from '../reading/read-json.ts';
import type { JobSpec } from '../vocabulary/job-spec.ts';
import * as say from '../wording/messages.ts';
import { accepted, type Draft, type Field, violation, violationForEach } from '../fields/field.ts';
import { pathOf } from '../wording/quoted.ts';
import { contractViolation, Violations } from './contract-violation.ts';
import { DEFAULTS, entries, entriesOf, fieldsOf } from './fields.ts';
import { isJobSpec, type JobReading, readJob } from './job-reading.ts';

/**
 * Validates a job file against the whole contract, except for rules that need a file system.
 *
 * @param file its bytes, or the reading of `readJob`
 * @throws {JobFailure} `InvalidJsonError` for a text that is not JSON, else `JobSpecValidationError` with every
 * violation.
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
  if (!violations.concerns(NAMING_FIELDS)) violations.add(nameViolations(spec, jobId));
  const { failure } = violations;
  if (failure !== null) throw failure;
  return spec.viewing === undefined ? spec : Object.assign(spec, { viewing: plain(spec.viewing) });
}

/** Violations of the missing fields. Nothing else is reported about an object that may not be a JobSpec. */
function missingFrom(value: JsonMap): Violation[] {
  return entries()
    .filter(([name, { presence }]) => presence === 'required' && !value.has(name))
    .map(([name]) => ({ path: name, message: say.missing(name) }));
}

/** Valid value with plain objects instead of maps. Safe because its keys are those of the contract. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  return Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]));
}

/** Fields that output names depend on. Names are not checked while one of them is wrong. */
const NAMING_FIELDS = entries()
  .filter(([, { shapesNames }]) => shapesNames)
  .map(([name]) => name);

/** Adds the violations of every field that the JobSpec's version has. No rule sees a field of a newer version. */
function checkFields(whole: Draft, violations: Violations): void {
  const known = entriesOf(whole.jobspec_version);
  const draft: Draft = Object.fromEntries(known.map(([name]) => [name, whole[name]]));
  for (const [name, field] of known) violations.add(violationsOf(field, name, draft));
}

/** Checks absence and null, except for fields whose own rule does. */
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

/** One violation for each key that isn't a field in the JobSpec's version of the contract. */
function unknownFields(value: JsonMap): Iterable<Violation> {
  const fields = fieldsOf(value.get('jobspec_version'));
  return violationForEach(unknownKeys(value, fields), (key) => {
    const path = pathOf([key]);
    return { path, message: say.unknownField(path, fields) };
  });
}

function* unknownKeys(value: JsonMap, fields: readonly string[]): Generator<string> {
  const known = new Set<string>([...fields, ...RESERVED_KEYS]);
  for (const key of value.keys()) if (!known.has(key)) yield key;
}
