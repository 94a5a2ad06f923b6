import {
  ENGINES,
  FAILURE_TYPES,
  FINAL_STATUSES,
  type ClipResult,
  type JobResult,
  type RecoveryNote,
  type ResolveJob,
  type ResultMetadata,
  type VerificationCheck,
  type Violation,
} from '@app/jobspec/result';
import type { ClipPicture } from '../jobs/clip-row.ts';
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
} from './narrow.ts';
import { picturesOf } from './narrow-pictures.ts';

/** Why a JSON file is not a result of the runner, as the end of a sentence that begins with the file's name. */
export class NotAResult extends Error {}

/** A result without its clips, which are handed over one by one: there may be 10,000. */
export type ResultHead = Omit<JobResult, 'clips' | 'cause'> & {
  /** How many clips the file lists. */
  listed: number;
};

/** A clip of a result; what older runners do not write is `null` or empty. */
export interface ReadClip extends Omit<ClipResult, 'output_xxh64' | 'pictures' | 'facts'> {
  output_xxh64: string | null;
  pictures: ClipPicture[];
}

/** Takes a clip; `index` counts from 0. */
export type ClipVisitor = (clip: ReadClip, index: number) => void;

/**
 * The one place where a result file becomes data. The facts that a verdict rests on must be there; of everything else a
 * missing or odd value becomes `null` or empty, so that pages can show what is known.
 * @param clips the elements of its list of clips, one at a time
 * @throws NotAResult
 */
export function narrowResult(
  value: unknown,
  clips: Iterable<unknown> | null,
  visit: ClipVisitor,
): ResultHead {
  if (!isObject(value)) throw new NotAResult('holds no JSON object');
  const jobId = text(value['job_id']);
  if (jobId === null) throw new NotAResult('is not a result of the runner: job_id is missing');
  const status = required(FINAL_STATUSES, value['final_status'], 'final_status');
  if (clips === null) throw new NotAResult('is not a result of the runner: clips is not a list');
  const counts = visitClips(clips, visit);
  return {
    job_id: jobId,
    final_status: status,
    execution_engine: oneOf(ENGINES, value['execution_engine']),
    ...failureOf(value),
    violations: list(value['violations']).filter(isObject).map(violationOf),
    listed: counts.listed,
    ...countsOf(value, counts),
    ...timesOf(value),
    ...recoveryOf(value['_recovery']),
    _metadata: metadataOf(isObject(value['_metadata']) ? value['_metadata'] : {}),
  };
}

function visitClips(clips: Iterable<unknown>, visit: ClipVisitor) {
  let [listed, completed] = [0, 0];
  for (const clip of clips) {
    if (!isObject(clip))
      throw new NotAResult(`is not a result of the runner: clips[${listed}] is not an object`);
    const known = clipOf(clip, listed);
    if (known.status === 'COMPLETED') completed += 1;
    visit(known, listed);
    listed += 1;
  }
  return { listed, completed };
}

function required<T extends string>(values: readonly T[], value: unknown, path: string): T {
  const known = oneOf(values, value);
  if (known !== null) return known;
  throw new NotAResult(`is not a result of the runner: ${path} is not one of ${values.join(', ')}`);
}

function clipOf(clip: JsonObject, index: number): ReadClip {
  return {
    source_path: text(clip['source_path']) ?? '',
    resolved_output_path: text(clip['resolved_output_path']) ?? '',
    status: required(['COMPLETED', 'FAILED'], clip['status'], `clips[${index}].status`),
    engine:
      oneOf(ENGINES, clip['engine']) ?? (isObject(clip['resolve_job']) ? 'resolve' : 'ffmpeg'),
    exit_code: whole(clip['exit_code']),
    output_exists: clip['output_exists'] === true,
    output_size_bytes: amount(clip['output_size_bytes']),
    ...(Array.isArray(clip['ffmpeg_command'])
      ? { ffmpeg_command: texts(clip['ffmpeg_command']) }
      : {}),
    ...(isObject(clip['resolve_job'])
      ? { resolve_job: clip['resolve_job'] as unknown as ResolveJob }
      : {}),
    ...failureOf(clip),
    stderr: text(clip['stderr']),
    partial_output_path: text(clip['partial_output_path']),
    warnings: texts(clip['warnings']),
    verification: list(clip['verification']).filter(isObject).map(checkOf),
    pictures: picturesOf(clip['pictures']),
    output_xxh64: text(clip['output_xxh64']),
    ...timesOf(clip),
  };
}

function askedOf(value: unknown): Pick<ResultMetadata, 'asked'> {
  if (!isObject(value)) return {};
  const keys = ['codec', 'container', 'resolution'];
  const [codec, container, resolution] = keys.map((key) => text(value[key]) ?? '');
  return codec && container && resolution ? { asked: { codec, container, resolution } } : {};
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

function countsOf(value: JsonObject, { listed, completed }: { listed: number; completed: number }) {
  return {
    total_clips: Math.max(count(value['total_clips']) ?? 0, listed),
    // The clips are the evidence; what a hand wrote beside them is not.
    completed_clips: completed,
    failed_clips: count(value['failed_clips']) ?? listed - completed,
  };
}

function checkOf(value: JsonObject): VerificationCheck {
  return {
    check: text(value['check']) ?? '',
    expected: value['expected'] ?? null,
    actual: value['actual'] ?? null,
    passed: value['passed'] === true,
  };
}

function violationOf(value: JsonObject): Violation {
  const [line, column] = [count(value['line']), count(value['column'])];
  return {
    path: text(value['path']) ?? '',
    message: text(value['message']) ?? '',
    ...(line === null ? {} : { line }),
    ...(column === null ? {} : { column }),
  };
}

function recoveryOf(value: unknown): { _recovery?: RecoveryNote } {
  if (!isObject(value)) return {};
  const of = (key: string) => text(value[key]) ?? '';
  return {
    _recovery: {
      reason: of('reason'),
      recovered_at: of('recovered_at'),
      original_path: of('original_path'),
    },
  };
}

function metadataOf(value: JsonObject): ResultMetadata {
  const known = (key: string) => text(value[key]);
  return {
    jobspec_version: known('jobspec_version'),
    jobspec_path: known('jobspec_path') ?? '',
    jobspec_sha256: known('jobspec_sha256') ?? '',
    archived_as: known('archived_as') ?? '',
    result_written_at: known('result_written_at') ?? '',
    worker_id: count(value['worker_id']),
    worker_started_at: known('worker_started_at'),
    engine_routing_reason: known('engine_routing_reason'),
    runner_version: known('runner_version') ?? '',
    engine_version: known('engine_version'),
    hostname: known('hostname') ?? '',
    ...askedOf(value['asked']),
  };
}
