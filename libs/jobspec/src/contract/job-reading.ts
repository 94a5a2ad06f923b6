import { createHash } from 'node:crypto';
import { JobFailure } from '../failure/job-failure.ts';
import type { Draft } from '../fields/field.ts';
import { jobIdOf } from '../folder/job-id.ts';
import { isObject, type JsonMap, readJson, type ReadJson } from '../reading/read-json.ts';
import { entries } from './fields.ts';

/** Contents of a job file, decoded and parsed once for claim, validation and result. */
export interface JobReading {
  /** SHA-256 of the whole file, in lower-case hex. */
  readonly sha256: string;
  /** The author's `job_id` if it is valid, otherwise 8 hex digits. */
  readonly jobId: string;
  /**
   * True if the bytes are one JSON object. No proper prefix of a JSON object is valid JSON, so the file is complete,
   * except perhaps for white space at its end.
   */
  readonly isComplete: boolean;
  /**
   * Unchecked values of the contract's fields. Only `job_id` if the object isn't a JobSpec; empty if there is no
   * object.
   */
  readonly fields: Draft;
  /** Original paths by field, where `withMappedPaths` replaced them. */
  readonly mapped?: Readonly<Record<string, string>>;
  /** JSON value with the violations of its keys, or the failure to read it. */
  readonly json: ReadJson | JobFailure;
}

/**
 * Reads the bytes of a job file. Never throws because of invalid contents: `parseJobSpec` reports those.
 *
 * @param bytes whole file; if it exceeds the size limit, just enough to show that
 * @param sha256 SHA-256 of the whole file in lower-case hex, if the caller has it
 */
export function readJob(bytes: Uint8Array, sha256 = sha256Of(bytes)): JobReading {
  const json = tryRead(bytes);
  const object = !(json instanceof JobFailure) && isObject(json.value) ? json.value : null;
  const names = object !== null && isJobSpec(object) ? entries().map(([name]) => name) : ['job_id'];
  const fields = Object.fromEntries(
    names.filter((name) => object?.has(name)).map((name) => [name, object?.get(name)]),
  );
  return { sha256, jobId: jobIdOf(bytes, fields), isComplete: object !== null, fields, json };
}

/**
 * True if an object declares itself a JobSpec, of any version. Nothing from any other object is repeated in results and
 * logs, neither keys nor values, except a valid id: it may be a file of credentials that was dropped in by mistake.
 */
export function isJobSpec(object: JsonMap): boolean {
  return object.has('jobspec_version');
}

function tryRead(bytes: Uint8Array): ReadJson | JobFailure {
  try {
    return readJson(bytes);
  } catch (failure) {
    if (failure instanceof JobFailure) return failure;
    throw failure;
  }
}

const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/**
 * Maps the paths of a JobSpec to this machine: sources, output directory and LUT.
 *
 * @param map path on this machine; the same path if no mapping applies
 */
export function withMappedPaths(reading: JobReading, map: (path: string) => string): JobReading {
  const mapped: Record<string, string> = {};
  const put = (field: string, value: unknown) => {
    if (typeof value !== 'string') return value;
    const here = map(value);
    if (here !== value) mapped[field] = value;
    return here;
  };
  const fields: Record<string, unknown> = { ...reading.fields };
  const { sources, output_directory: directory, viewing } = fields;
  if (Array.isArray(sources))
    fields['sources'] = sources.map((source, index) => put(`sources[${index}]`, source));
  if (directory !== undefined) fields['output_directory'] = put('output_directory', directory);
  const look = isObject(viewing) ? viewing.get('look') : undefined;
  const lut = isObject(look) ? look.get('lut') : undefined;
  if (isObject(viewing) && isObject(look) && isObject(lut) && lut.has('path')) {
    const path = put('viewing.look.lut.path', lut.get('path'));
    const here = new Map([...lut, ['path', path]]);
    fields['viewing'] = new Map([...viewing, ['look', new Map([...look, ['lut', here]])]]);
  }
  return Object.keys(mapped).length === 0 ? reading : { ...reading, fields, mapped };
}
