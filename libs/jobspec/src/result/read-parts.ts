import type { Violation } from '../failure/violation.ts';
import { amount, count, isObject, oneOf, text, whole, type JsonObject } from '../json/narrow.ts';
import type { Viewing } from '../vocabulary/viewing.ts';
import { readRequested } from './read-facts.ts';
import {
  ATTEMPT_REASONS,
  type ClipAttempt,
  type ClipPicture,
  type RecoveryNote,
  type ResultMetadata,
  type VerificationCheck,
} from './result.ts';

export function checkOf(value: JsonObject): VerificationCheck {
  return {
    check: text(value['check']) ?? '',
    expected: value['expected'] ?? null,
    actual: value['actual'] ?? null,
    ...toleranceOf(value['tolerance']),
    passed: value['passed'] === true,
  };
}

function toleranceOf(value: unknown): Pick<VerificationCheck, 'tolerance'> {
  const one = amount(value);
  if (one !== null) return { tolerance: one };
  if (!isObject(value)) return {};
  const known = Object.entries(value).filter(([, limit]) => amount(limit) !== null);
  return { tolerance: Object.fromEntries(known) as Record<string, number> };
}

const LONGEST_PATH = 1024;
const LARGEST_SIDE = 4096;

/** A reason of a newer runner is left out. */
export function attemptOf(value: JsonObject): ClipAttempt[] {
  const why = oneOf(ATTEMPT_REASONS, value['why']);
  if (why === null) return [];
  return [{ why, exit_code: whole(value['exit_code']), seconds: amount(value['seconds']) ?? 0 }];
}

/** What could be no picture is left out. */
export function pictureOf(value: JsonObject): ClipPicture[] {
  const path = text(value['path']) ?? '';
  const frame = whole(value['frame']) ?? -1;
  const [width, height] = [whole(value['width']) ?? 0, whole(value['height']) ?? 0];
  const isSized = [width, height].every((side) => side > 0 && side <= LARGEST_SIDE);
  if (path === '' || path.length > LONGEST_PATH || frame < 0 || !isSized) return [];
  return [{ path, frame, timecode: text(value['timecode']), width, height }];
}

export function violationOf(value: JsonObject): Violation {
  const [line, column] = [count(value['line']), count(value['column'])];
  return {
    path: text(value['path']) ?? '',
    message: text(value['message']) ?? '',
    ...(line !== null && { line }),
    ...(column !== null && { column }),
  };
}

export function recoveryOf(value: unknown): { _recovery?: RecoveryNote } {
  if (!isObject(value)) return {};
  const known = (key: keyof RecoveryNote) => text(value[key]) ?? '';
  return {
    _recovery: {
      reason: known('reason'),
      recovered_at: known('recovered_at'),
      original_path: known('original_path'),
    },
  };
}

export function metadataOf(value: JsonObject): ResultMetadata {
  const known = (key: keyof ResultMetadata) => text(value[key]);
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
    ...mappedOf(value['mapped']),
  };
}

function mappedOf(value: unknown): Pick<ResultMetadata, 'mapped'> {
  if (!isObject(value)) return {};
  const texts = Object.entries(value).filter(
    (entry): entry is [string, string] => text(entry[1]) !== null,
  );
  return { mapped: Object.fromEntries(texts) };
}

function askedOf(value: unknown): Pick<ResultMetadata, 'asked'> {
  const { codec, container, resolution = null } = readRequested(value) ?? {};
  if (codec === undefined || container === undefined || resolution === null) return {};
  const viewing = isObject(value) && isObject(value['viewing']) ? value['viewing'] : null;
  const look = viewing === null ? {} : { viewing: viewing as unknown as Viewing };
  return { asked: { codec, container, resolution, ...look } };
}
