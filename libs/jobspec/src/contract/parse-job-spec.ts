import { JobFailure } from '../failure/job-failure.ts';
import type { Violation } from '../failure/violation.ts';
import { nameViolations } from '../naming/name-violations.ts';
import { isObject, type JsonObject } from '../reading/json-value.ts';
import { JobSpec } from '../vocabulary/job-spec.ts';
import * as say from '../wording/messages.ts';
import { contractViolation, Violations } from './contract-violation.ts';
import { checkFields } from './field-violations.ts';
import { DEFAULTS, entries } from './fields.ts';
import { isJobSpec, readJob, type JobReading } from './job-reading.ts';
import { unknownFields } from './unknown-fields.ts';

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
  const spec = Object.assign(new JobSpec(), DEFAULTS, fields);
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
