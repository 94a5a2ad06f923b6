import type { Violation } from '../failure/violation.ts';
import { nameViolations } from '../naming/name-violations.ts';
import { isRecord } from '../reading/is-record.ts';
import { readJob, type JobReading } from '../reading/job-reading.ts';
import { RESERVED_KEYS } from '../reading/key-violations.ts';
import { JobSpec } from '../vocabulary/job-spec.ts';
import * as say from '../wording/messages.ts';
import { pathOf } from '../wording/shown.ts';
import { contractViolation, fieldOf } from './contract-violation.ts';
import { fieldViolations } from './field-violations.ts';
import { DEFAULTS, entries, JOBSPEC_FIELDS } from './fields.ts';

/**
 * Holds a job file against the whole contract that needs no file system.
 *
 * @param file its bytes, or what `readJob` has read of them
 * @throws {JobFailure} `InvalidJsonError` for a text that is not JSON, else `JobSpecValidationError` with every violation.
 */
export function parseJobSpec(file: Uint8Array | JobReading): JobSpec {
  const { json, jobId, keyViolations } = file instanceof Uint8Array ? readJob(file) : file;
  if ('failure' in json) throw json.failure;
  const { value } = json;
  if (!isRecord(value)) throw contractViolation([{ path: '', message: say.notAnObject(value) }]);
  const spec = Object.assign(new JobSpec(), DEFAULTS, knownFields(value));
  const violations = [...keyViolations, ...fieldViolations(spec), ...unknownFields(value)];
  if (canBeNamed(violations)) violations.push(...nameViolations(spec, jobId));
  if (violations.length > 0) throw contractViolation(violations);
  return spec;
}

/**
 * The values as they are in the JSON. class-transformer is not asked: it drops keys such as `toString`, and a key
 * `constructor` makes it fail or call what the file names.
 */
const knownFields = (value: Record<string, unknown>): Partial<JobSpec> =>
  Object.fromEntries(
    JOBSPEC_FIELDS.filter((field) => Object.hasOwn(value, field)).map((field) => [
      field,
      value[field],
    ]),
  );

function unknownFields(value: Record<string, unknown>): Violation[] {
  const known = new Set<string>([...JOBSPEC_FIELDS, ...RESERVED_KEYS]);
  return Object.keys(value)
    .filter((key) => !known.has(key))
    .map((key) => pathOf([key]))
    .map((path) => ({ path, message: say.unknownField(path, JOBSPEC_FIELDS) }));
}

const NAMING_FIELDS = new Set<string>(
  entries()
    .filter(([, { shapesNames }]) => shapesNames)
    .map(([name]) => name),
);

/** Output names follow from these fields, and say nothing new while one of them is wrong. */
const canBeNamed = (violations: readonly Violation[]) =>
  !violations.some(({ path }) => NAMING_FIELDS.has(fieldOf(path)));
