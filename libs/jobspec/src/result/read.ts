import { FAILURE_TYPES } from '../failure/failure-types.ts';
import {
  amount,
  count,
  isObject,
  list,
  oneOf,
  text,
  texts,
  whole,
  type JsonObject,
} from '../json/narrow.ts';
import { readPieces, TooMuch, WHOLE_BYTES } from '../json/pieces.ts';
import { MAX_SOURCES } from '../vocabulary/limits.ts';
import { ENGINES } from '../vocabulary/vocabulary.ts';
import type { RequestedProxy } from './facts.ts';
import {
  attemptOf,
  checkOf,
  metadataOf,
  pictureOf,
  readCause,
  readFacts,
  readRequested,
  recoveryOf,
  violationOf,
} from './read-parts.ts';
import { FINAL_STATUSES, type ClipResult, type JobResult, type ResolveJob } from './result.ts';

/** Why a file is not a result of the runner, as the end of a sentence that begins with the file's name: `holds no JSON object`. */
export class NotAResult extends Error {
  /** @param isJson whether it is JSON all the same, as far as it was read */
  constructor(
    flaw: string,
    readonly isJson: boolean,
  ) {
    super(flaw);
  }
}

/** A clip of a result. What isn't there, or is of the wrong kind, is `null` or empty. */
export type ReadClip = Omit<ClipResult, 'prores_quantiser' | 'executed_command'>;

/** A result without its clips. */
export interface ReadHead extends Omit<JobResult, 'clips'> {
  /** What it asks for of each source; `null` where its JobSpec was not found valid. */
  requested: RequestedProxy | null;
  /** How many clips the file lists: the others were not begun. */
  listed: number;
}

/** Takes a clip; `index` counts from 0. */
export type ClipVisitor = (clip: ReadClip, index: number) => void;

/** The first of them; the file itself has the rest. */
const VIOLATIONS_KEPT = 1000;
const PICTURES_KEPT = 6;

/**
 * The one place where the bytes of a result become data. The facts that a verdict rests on
 * must be there. Of everything else a missing or odd value becomes `null` or empty, so that what is known can be shown.
 *
 * Memory is bounded by the bytes, a mebibyte of JSON, and what the visitor keeps.
 *
 * @param bytes of a file of at most `MAX_RESULT_BYTES`
 * @param visit is given each clip, one at a time; of a file that turns out not to be a result, those before the flaw
 * @throws NotAResult
 */
export function readResult(bytes: Buffer, visit: ClipVisitor): ReadHead {
  try {
    const kept = { violations: VIOLATIONS_KEPT };
    const { value, elements } = readPieces(bytes, { long: 'clips', kept, limit: MAX_SOURCES });
    return resultOf(value, elements, visit);
  } catch (error) {
    if (error instanceof NotAResult || error instanceof TooMuch)
      throw new NotAResult(error.message, bytes.length <= WHOLE_BYTES);
    if (error instanceof RangeError) throw new NotAResult(error.message, false);
    if (error instanceof SyntaxError) throw new NotAResult('is not valid JSON', false);
    throw error;
  }
}

function resultOf(value: unknown, clips: Iterable<unknown> | null, visit: ClipVisitor): ReadHead {
  if (!isObject(value)) throw flaw('holds no JSON object');
  const jobId = text(value['job_id']);
  if (jobId === null) throw none('job_id is missing');
  const status = required(FINAL_STATUSES, value['final_status'], 'final_status');
  if (clips === null) throw none('clips is not a list');
  const metadata = metadataOf(isObject(value['_metadata']) ? value['_metadata'] : {});
  const { listed, completed } = visitClips(clips, visit);
  return {
    job_id: jobId,
    final_status: status,
    execution_engine: oneOf(ENGINES, value['execution_engine']),
    ...failureOf(value),
    violations: list(value['violations']).filter(isObject).map(violationOf),
    cause: readCause(value['cause']),
    requested: readRequested(metadata.asked),
    listed,
    total_clips: Math.max(count(value['total_clips']) ?? 0, listed),
    // The clips are the evidence; what a hand wrote beside them is not.
    completed_clips: completed,
    failed_clips: count(value['failed_clips']) ?? listed - completed,
    ...timesOf(value),
    ...recoveryOf(value['_recovery']),
    _metadata: metadata,
  };
}

function visitClips(clips: Iterable<unknown>, visit: ClipVisitor) {
  let [listed, completed] = [0, 0];
  for (const clip of clips) {
    if (!isObject(clip)) throw none(`clips[${listed}] is not an object`);
    const known = readClip(clip, listed);
    if (known.status === 'COMPLETED') completed += 1;
    visit(known, listed);
    listed += 1;
  }
  return { listed, completed };
}

function required<T extends string>(values: readonly T[], value: unknown, path: string): T {
  const known = oneOf(values, value);
  if (known !== null) return known;
  throw none(`${path} is not one of ${values.join(', ')}`);
}

function none(what: string): NotAResult {
  return flaw(`is not a result of the runner: ${what}`);
}

function flaw(what: string): NotAResult {
  return new NotAResult(what, true);
}

/** One clip of a result, or of the journal of a job that runs. @param index from 0, for the error @throws NotAResult */
export function readClip(clip: JsonObject, index: number): ReadClip {
  const command = clip['ffmpeg_command'];
  const job = clip['resolve_job'];
  return {
    source_path: text(clip['source_path']) ?? '',
    resolved_output_path: text(clip['resolved_output_path']) ?? '',
    status: required(['COMPLETED', 'FAILED'], clip['status'], `clips[${index}].status`),
    engine: oneOf(ENGINES, clip['engine']) ?? (isObject(job) ? 'resolve' : 'ffmpeg'),
    exit_code: whole(clip['exit_code']),
    output_exists: clip['output_exists'] === true,
    output_size_bytes: amount(clip['output_size_bytes']),
    ...(Array.isArray(command) && { ffmpeg_command: texts(command) }),
    ...(isObject(job) && { resolve_job: job as unknown as ResolveJob }),
    ...failureOf(clip),
    stderr: text(clip['stderr']),
    partial_output_path: text(clip['partial_output_path']),
    warnings: texts(clip['warnings']),
    verification: list(clip['verification']).filter(isObject).map(checkOf),
    pictures: list(clip['pictures']).slice(0, PICTURES_KEPT).filter(isObject).flatMap(pictureOf),
    output_xxh64: text(clip['output_xxh64']),
    attempts: list(clip['attempts']).filter(isObject).flatMap(attemptOf),
    facts: readFacts(clip['facts']),
    ...timesOf(clip),
  };
}

function failureOf(value: JsonObject) {
  return {
    failure_type: oneOf(FAILURE_TYPES, value['failure_type']),
    failure_reason: text(value['failure_reason']),
  };
}

function timesOf(value: JsonObject) {
  return {
    started_at: text(value['started_at']) ?? '',
    completed_at: text(value['completed_at']) ?? '',
    duration_seconds: amount(value['duration_seconds']) ?? 0,
  };
}
