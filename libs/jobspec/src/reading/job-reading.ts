import { createHash } from 'node:crypto';
import { isRecord } from './is-record.ts';
import { jobIdOf } from '../folder/job-id.ts';
import { JobFailure } from '../failure/job-failure.ts';
import type { Violation } from '../failure/violation.ts';
import { keyViolations } from './key-violations.ts';
import { readJson } from './read-json.ts';

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
  /** The object's own values, of any type and not yet checked; empty when there is no object. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** The JSON value, or why there is none. */
  readonly json: { readonly value: unknown } | { readonly failure: JobFailure };
  /** Duplicate and reserved keys at any depth. */
  readonly keyViolations: readonly Violation[];
}

/**
 * Reads a job file's bytes. Never throws for what is in them: `parseJobSpec` says what is wrong.
 *
 * @param bytes the whole file, or of one over the size limit just enough to show that it is too large
 * @param sha256 of the whole file, in lower-case hex, where the caller has it already
 */
export function readJob(bytes: Uint8Array, sha256 = sha256Of(bytes)): JobReading {
  const read = tryRead(bytes);
  const object = 'value' in read.json && isRecord(read.json.value) ? read.json.value : null;
  const jobId = jobIdOf(bytes, object);
  return { sha256, jobId, isComplete: object !== null, fields: object ?? {}, ...read };
}

function tryRead(bytes: Uint8Array): Pick<JobReading, 'json' | 'keyViolations'> {
  try {
    const { text, value } = readJson(bytes);
    return { json: { value }, keyViolations: keyViolations(text) };
  } catch (failure) {
    if (!(failure instanceof JobFailure)) throw failure;
    return { json: { failure }, keyViolations: [] };
  }
}

const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** The id of the job in these bytes. */
export const jobIdOfFile = (bytes: Uint8Array) => readJob(bytes).jobId;
