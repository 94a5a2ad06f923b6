import SCHEMA from '../../../../schemas/result.schema.json' with { type: 'json' };
import { count, isObject, oneOf, text, type JsonObject } from '../json/narrow.ts';
import { readPieces, TooMuch, WHOLE_BYTES } from '../json/pieces.ts';
import { MAX_SOURCES } from '../vocabulary/limits.ts';
import type { Viewing } from '../vocabulary/viewing.ts';
import { readBy } from './by-schema.ts';
import type { RequestedProxy } from './facts.ts';
import { readRequested } from './read-requested.ts';
import { FINAL_STATUSES, type ClipResult, type JobResult, type ResultMetadata } from './result.ts';

/**
 * Reason why a file is not a result of the runner, as the end of a sentence that begins with the file's name: `holds no JSON
 * object`.
 */
export class NotAResult extends Error {
  /** @param isJson true if it is JSON, as far as it was read */
  constructor(
    flaw: string,
    readonly isJson: boolean,
  ) {
    super(flaw);
  }
}

/** Clip of a result. Missing and wrong values are `null` or empty. */
export type ReadClip = ClipResult;

/** Result without its clips. */
export interface ReadHead extends Omit<JobResult, 'clips'> {
  /** Requested proxies; `null` if its JobSpec was not valid. */
  requested: RequestedProxy | null;
  /** Number of clips in the file; the job's other clips were not started. */
  listed: number;
}

/** Receives a clip; `index` counts from 0. */
export type ClipVisitor = (clip: ReadClip, index: number) => void;

/** Violations kept; the file itself has the rest. */
const VIOLATIONS_KEPT = 1000;

/**
 * Parses a result. The facts that a verdict depends on must be there. Any other missing or odd value becomes `null` or
 * empty, so that the rest can be shown.
 *
 * Memory is bounded by the bytes, a mebibyte of JSON, and what the visitor keeps.
 *
 * @param bytes a file of at most `MAX_RESULT_BYTES`
 * @param visit receives each clip, one at a time; if the file turns out not to be a result, only the clips before the
 * flaw
 * @throws NotAResult
 */
export function parseResult(bytes: Buffer, visit: ClipVisitor): ReadHead {
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
  if (text(value['job_id']) === null) throw invalidResult('job_id is missing');
  const status = required(FINAL_STATUSES, value['final_status'], 'final_status');
  if (clips === null) throw invalidResult('clips is not a list');
  const { clips: _, ...head } = readBy(SCHEMA, value) as unknown as JobResult;
  const { asked: __, ...metadata } = head._metadata;
  const asked = isObject(value['_metadata']) ? value['_metadata']['asked'] : null;
  const { listed, completed } = visitClips(clips, visit);
  return {
    ...head,
    final_status: status,
    requested: readRequested(asked),
    listed,
    total_clips: Math.max(head.total_clips, listed),
    // Counted from the clips: a total edited by hand doesn't count.
    completed_clips: completed,
    failed_clips: count(value['failed_clips']) ?? listed - completed,
    _metadata: { ...metadata, ...askedOf(asked) },
  };
}

/** Request in the metadata. Results of newer runners may have other codecs and containers. */
function askedOf(value: unknown): Pick<ResultMetadata, 'asked'> {
  const { codec, container, resolution = null } = readRequested(value) ?? {};
  if (codec === undefined || container === undefined || resolution === null) return {};
  const viewing = isObject(value) && isObject(value['viewing']) ? value['viewing'] : null;
  const look = viewing === null ? {} : { viewing: viewing as unknown as Viewing };
  return { asked: { codec, container, resolution, ...look } };
}

function visitClips(clips: Iterable<unknown>, visit: ClipVisitor) {
  let [listed, completed] = [0, 0];
  for (const clip of clips) {
    if (!isObject(clip)) throw invalidResult(`clips[${listed}] is not an object`);
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
  throw invalidResult(`${path} is not one of ${values.join(', ')}`);
}

function invalidResult(what: string): NotAResult {
  return flaw(`is not a result of the runner: ${what}`);
}

function flaw(what: string): NotAResult {
  return new NotAResult(what, true);
}

/** Reads one clip of a result, or of a running job's journal. @param index from 0, for the error @throws NotAResult */
export function readClip(clip: JsonObject, index: number): ReadClip {
  const status = required(['COMPLETED', 'FAILED'], clip['status'], `clips[${index}].status`);
  const { facts } = clip;
  const known = readBy(SCHEMA.properties.clips.items, clip) as unknown as ReadClip;
  const requested = readRequested(isObject(facts) ? facts['requested'] : null);
  return {
    ...known,
    status,
    engine: known.engine ?? (known.resolve_job ? 'resolve' : 'ffmpeg'),
    facts: { ...known.facts, requested },
  };
}
