import { createHash } from 'node:crypto';
import { JobFailure } from '../failure/job-failure.ts';
import type { Draft } from '../fields/field.ts';
import { jobIdOf } from '../folder/job-id.ts';
import { isObject, type JsonObject, readJson, type ReadJson } from '../reading/read-json.ts';
import { entries } from './fields.ts';

/** What the bytes of a job file say. They are decoded and parsed once; claim, validation and result all ask this. */
export interface JobReading {
  /** Of all bytes of the file, in lower-case hex. */
  readonly sha256: string;
  /** The author's `job_id` where the file names a valid one, else 8 hex digits; there is always one. */
  readonly jobId: string;
  /**
   * Whether the bytes are one whole JSON object. No proper prefix of a JSON object is itself JSON, so such a file has been
   * written to its end (white space after it aside).
   */
  readonly isComplete: boolean;
  /** The values of the contract's fields, of any type and not yet checked; empty when there is no object, and `job_id` alone of one that is no JobSpec. */
  readonly fields: Draft;
  /** Paths as the file has them, by field, where `fields` has others: see `withMappedPaths`. */
  readonly mapped?: Readonly<Record<string, string>>;
  /** The JSON value with its remarkable keys, or why there is none. */
  readonly json: ReadJson | JobFailure;
}

/**
 * Reads a job file's bytes. Never throws for what is in them: `parseJobSpec` says what is wrong.
 *
 * @param bytes the whole file, or of one over the size limit just enough to show that it is too large
 * @param sha256 of the whole file, in lower-case hex, where the caller has it already
 */
export function readJob(bytes: Uint8Array, sha256 = sha256Of(bytes)): JobReading {
  const json = tryRead(bytes);
  const object = !(json instanceof JobFailure) && isObject(json.value) ? json.value : null;
  const told = object !== null && isJobSpec(object) ? entries().map(([name]) => name) : ['job_id'];
  const fields = Object.fromEntries(
    told.filter((name) => object?.has(name)).map((name) => [name, object?.get(name)]),
  );
  return { sha256, jobId: jobIdOf(bytes, fields), isComplete: object !== null, fields, json };
}

/**
 * Whether an object says of itself that it is a JobSpec, of whatever version. Of any other nothing is repeated, neither keys nor values, but the
 * id, which has an alphabet of its own: it may be somebody's credentials, at a path where a JobSpec was looked for.
 */
export function isJobSpec(object: JsonObject): boolean {
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
 * The same JobSpec with its paths as they are called here: sources, output directory and the table of a look.
 *
 * @param map a path as it is called here; the same where nothing is to be said
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
