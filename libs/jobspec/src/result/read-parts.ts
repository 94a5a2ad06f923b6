import type { Violation, Cause, CauseArgument } from '../failure/cause.ts';
import {
  amount,
  count,
  filled,
  finite,
  isObject,
  list,
  oneOf,
  text,
  whole,
  type JsonObject,
  readBy,
  said,
} from '../json/narrow.ts';
import type { Viewing } from '../vocabulary/viewing.ts';
import {
  ATTEMPT_REASONS,
  type ClipAttempt,
  type ClipPicture,
  type RecoveryNote,
  type ResultMetadata,
  type VerificationCheck,
} from './result.ts';
import type { ClipFacts, RequestedProxy } from './facts.ts';
import { lookKeys } from './looks.ts';

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
  const beside = value['beside_source'] === true && { beside_source: true as const };
  return [{ path, frame, timecode: text(value['timecode']), width, height, ...beside }];
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

const RECOVERY = { reason: said, recovered_at: said, original_path: said };

export function recoveryOf(value: unknown): { _recovery?: RecoveryNote } {
  if (!isObject(value)) return {};
  return { _recovery: readBy(RECOVERY, value) satisfies RecoveryNote };
}

const METADATA = {
  jobspec_version: text,
  jobspec_path: said,
  jobspec_sha256: said,
  archived_as: said,
  result_written_at: said,
  worker_id: count,
  worker_started_at: text,
  engine_routing_reason: text,
  runner_version: said,
  engine_version: text,
  hostname: said,
};

export function metadataOf(value: JsonObject): ResultMetadata {
  return {
    ...readBy(METADATA, value),
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

const FRAMES = { source: count, made: count, repeated: count, dropped: count };
const FACTS = {
  timecode: filled,
  reel: filled,
  video_codec: filled,
  size: filled,
  frame_rate: filled,
  field_order: filled,
  audio_channels: (channels: unknown) =>
    Array.isArray(channels) ? channels.map((one) => count(one) ?? 0) : null,
  duration_seconds: amount,
};

const LOUDNESS = { integrated_lufs: finite, true_peak_dbtp: finite };

/** The facts of a clip. What isn't there, or is of the wrong kind, is `null`. */
export function readFacts(value: unknown): ClipFacts {
  const facts = isObject(value) ? value : {};
  const frames = isObject(facts['frames']) ? facts['frames'] : {};
  const size = filled(facts['source_size']);
  const rate = count(facts['source_sample_rate']);
  const compared = filled(facts['compared_size']);
  const loudness = list(facts['loudness']).filter(isObject);
  return {
    requested: readRequested(facts['requested']),
    frames: readBy(FRAMES, frames),
    ...readBy(FACTS, facts),
    ...(size !== null && { source_size: size }),
    ...(rate !== null && { source_sample_rate: rate }),
    ...(loudness.length > 0 && { loudness: loudness.map((track) => readBy(LOUDNESS, track)) }),
    ...(compared !== null && { compared_size: compared }),
    cause: readCause(facts['cause']),
    ...(typeof facts['proved'] === 'boolean' && { proved: facts['proved'] }),
  };
}

/** What a JobSpec, a result's metadata or its facts say that proxies are asked for; `null` where that is not told. */
export function readRequested(value: unknown): RequestedProxy | null {
  if (!isObject(value)) return null;
  const codec = filled(value['codec']);
  const container = filled(value['container']);
  if (codec === null || container === null) return null;
  return {
    codec,
    container,
    resolution: filled(value['resolution']),
    fps: amount(value['fps'] ?? value['fps_explicit']),
    looks: readLooks(value),
  };
}

function readLooks({ looks, viewing }: JsonObject): readonly string[] {
  if (!Array.isArray(looks)) return lookKeys(viewing);
  return looks.filter((key) => typeof key === 'string');
}

/** Why a job or a clip failed; `null` where that is not told. */
export function readCause(value: unknown): Cause | null {
  if (!isObject(value)) return null;
  const code = filled(value['code']);
  if (code === null) return null;
  const source_index = count(value['source_index']);
  const advice = filled(value['advice']);
  const { retryable } = value;
  return {
    code,
    arguments: argumentsOf(value['arguments']),
    ...(source_index !== null && { source_index }),
    ...(typeof retryable === 'boolean' && { retryable }),
    ...(advice !== null && { advice }),
  };
}

function argumentsOf(value: unknown): Cause['arguments'] {
  const entries = Object.entries(isObject(value) ? value : {});
  return Object.fromEntries(
    entries.filter((entry): entry is [string, CauseArgument] => isArgument(entry[1])),
  );
}

function isArgument(value: unknown): value is CauseArgument {
  if (Array.isArray(value)) return list(value).every((one) => typeof one === 'string');
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
