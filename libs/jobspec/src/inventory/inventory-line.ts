import { refusalOfName } from '../folder/names.ts';
import {
  amount,
  isObject,
  oneOf,
  text,
  texts,
  whole,
  type JsonObject,
  objectIn,
} from '../json/narrow.ts';
import { LEFT_OUT_CAUSES, type LeftOutCause } from './left-out.ts';

/** One clip on media, for one requested kind of proxy. */
export interface InventoryClip {
  /** Time at which it was examined, in UTC as in results. */
  at: string;
  /** Card or folder given to `plan`. */
  medium: string;
  /** Its path, with links resolved. */
  path: string;
  bytes: number;
  /** Time of its last change, in whole milliseconds since 1970. */
  mtime_ms: number;
  /** Its duration, if known. */
  seconds: number | null;
  /** Gamma and camera in the camera's own words; absent if unknown or not requested. */
  gamma?: string;
  camera?: string;
  /** Requested kind: codec, container, naming, place. */
  kind: string;
  /** Size, colours and text. A later request for the same place replaces an earlier one. */
  look: string;
  /** JobSpec that makes its proxy; `null` if it was left out. */
  job: string | null;
  /** SHA-256 of that JobSpec's bytes. */
  job_sha256: string | null;
  /** Cause for which it was left out; `null` with a job. */
  cause: LeftOutCause | null;
  /** The cause as a sentence. */
  reason: string | null;
}

/** Requested proxy as a result's kind names it, `h264 mp4 half`; `null` with a look, or if its size is unknown. */
export function proxyKindOf({ kind, look }: InventoryClip): string | null {
  return /^\w+$/.test(look) ? [...kind.split(' ', 2), look].join(' ') : null;
}

/** Line that takes something away, with who wrote it. */
interface Withdrawal {
  at: string;
  /** `user@host`, as the program that wrote it says. */
  by?: string;
  /** Owner of the file in which it was submitted, as the file system says; absent if it doesn't know owners. */
  uid?: number;
}

/** Clip that is no longer on its medium. */
export interface InventoryGone extends Withdrawal {
  gone: string;
}

/** Counts, by kind, of the files on a medium that are certainly not clips. */
export interface InventoryMedium {
  at: string;
  medium: string;
  others: Readonly<Record<string, number>>;
}

/** Failed job (by name) or left-out clip (by path) that a person has dismissed. */
export interface InventoryDismissal extends Withdrawal {
  dismissed: string;
}

/** Archived job, and the clips that its JobSpec names. Only the runner writes it, and only into its own directory. */
export interface InventoryArchived {
  at: string;
  archived: string;
  sha256: string;
  sources: readonly string[];
}

/** Lines that people and `plan` may submit in `pending/`. */
export type DroppedLine = InventoryClip | InventoryGone | InventoryMedium | InventoryDismissal;
export type InventoryLine = DroppedLine | InventoryArchived;

/** Inventory files: lines of JSON. */
export const INVENTORY_EXTENSION = '.inventory';
export const isInventoryName = (name: string): boolean =>
  name.endsWith(INVENTORY_EXTENSION) && !name.startsWith('.');

/**
 * Limits for untrusted inventories: files in `pending/` and bytes of one, bytes of the record, of a line of a file and
 * of one of the record, lines of a file, clips kept in memory.
 */
export const INVENTORY_LIMITS = {
  files: 10_000,
  fileBytes: 64 * 1024 * 1024,
  recordBytes: 256 * 1024 * 1024,
  lineBytes: 32 * 1024,
  recordLineBytes: 4 * 1024 * 1024,
  lines: 400_000,
  clips: 300_000,
};

const MOST = { path: 4096, kind: 2048, reason: 4096, others: 32, word: 512 };
const SHA256 = /^[0-9a-f]{64}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Reads a line of a submitted inventory; `null` for anything invalid. */
export function readDroppedLine(line: string): DroppedLine | null {
  if (line.length > INVENTORY_LIMITS.lineBytes) return null;
  const read = readInventoryLine(line);
  return read !== null && 'archived' in read ? null : read;
}

/** Reads a line of an inventory; `null` for anything invalid. Opens no file that the line names. */
export function readInventoryLine(line: string): InventoryLine | null {
  const value = objectIn(line);
  const at = value && instant(value['at']);
  if (!value || at === null) return null;
  if ('gone' in value)
    return withText(value['gone'], MOST.path, (gone) => ({ at, gone, ...writerIn(value) }));
  if ('dismissed' in value)
    return withText(value['dismissed'], MOST.path, (dismissed) => {
      return { at, dismissed, ...writerIn(value) };
    });
  if ('archived' in value)
    return withJob(value['archived'], (archived) => {
      const sha256 = hash(value['sha256']);
      const sources = texts(value['sources']);
      return sha256 === null ? null : { at, archived, sha256, sources };
    });
  if ('others' in value) return mediumIn(value, at);
  return clipIn(value, at);
}

function clipIn(value: JsonObject, at: string): InventoryClip | null {
  const medium = word(value['medium'], MOST.path);
  const path = bounded(value['path'], MOST.path);
  const kind = word(value['kind'], MOST.kind);
  const look = word(value['look'], MOST.kind) ?? '';
  const bytes = amount(value['bytes']);
  const mtime_ms = whole(value['mtime_ms']);
  const end = requestIn(value) ?? leftOutIn(value);
  if (medium === null || path === null || kind === null || bytes === null || mtime_ms === null)
    return null;
  if (end === null) return null;
  const seconds = amount(value['seconds']);
  const { job, job_sha256, cause, reason } = end;
  // One literal: an object that is composed of several takes twice the memory.
  const clip: InventoryClip = {
    at: shared(at),
    medium,
    path,
    bytes,
    mtime_ms,
    seconds,
    kind,
    look,
    job,
    job_sha256,
    cause,
    reason,
  };
  const gamma = word(value['gamma'], MOST.word);
  const camera = word(value['camera'], MOST.word);
  if (gamma !== null) clip.gamma = gamma;
  if (camera !== null) clip.camera = camera;
  return clip;
}

type Ending = Pick<InventoryClip, 'job' | 'job_sha256' | 'cause' | 'reason'>;

function requestIn(value: JsonObject): Ending | null {
  const job = jobName(value['job']);
  const sha256 = hash(value['job_sha256']);
  if (job === null || sha256 === null) return null;
  return { job: shared(job), job_sha256: shared(sha256), cause: null, reason: null };
}

function leftOutIn(value: JsonObject): Ending | null {
  const cause = oneOf(LEFT_OUT_CAUSES, value['cause']);
  const reason = bounded(value['reason'], MOST.reason);
  if (cause === null || reason === null) return null;
  return { job: null, job_sha256: null, cause, reason };
}

/** Number of texts that are looked up. */
const MOST_SHARED = 4096;
const sharedTexts = new Map<string, string>();

/** One copy of a text that lines beside each other have: most of their memory otherwise. */
function shared(text: string): string {
  const known = sharedTexts.get(text);
  if (known !== undefined) return known;
  if (sharedTexts.size >= MOST_SHARED) sharedTexts.clear();
  sharedTexts.set(text, text);
  return text;
}

function writerIn(value: JsonObject): Omit<Withdrawal, 'at'> {
  const by = word(value['by'], MOST.word);
  const uid = whole(value['uid']);
  return { ...(by !== null && { by }), ...(uid !== null && { uid }) };
}

function mediumIn({ medium, others }: JsonObject, at: string): InventoryMedium | null {
  const name = bounded(medium, MOST.path);
  if (name === null || !isObject(others)) return null;
  const counts = Object.entries(others)
    .slice(0, MOST.others)
    .flatMap(([kind, count]) => {
      const number = whole(count);
      return number !== null && number > 0 && kind.length < 64 ? [[kind, number] as const] : [];
    });
  return { at, medium: name, others: Object.fromEntries(counts) };
}

function withText<T>(value: unknown, most: number, make: (text: string) => T): T | null {
  const found = bounded(value, most);
  return found === null ? null : make(found);
}

function withJob<T>(value: unknown, make: (job: string) => T | null): T | null {
  const job = jobName(value);
  return job === null ? null : make(job);
}

/** Name of a job file, without any path. */
function jobName(value: unknown): string | null {
  const name = text(value);
  return name === null || name.includes('/') || refusalOfName(name) !== null ? null : name;
}

/** Text that many lines have. */
function word(value: unknown, most: number): string | null {
  const found = bounded(value, most);
  return found === null ? null : shared(found);
}

function bounded(value: unknown, most: number): string | null {
  const found = text(value);
  return found === null || found === '' || found.length > most ? null : found;
}

const hash = matching(SHA256);

const instant = matching(INSTANT);

function matching(pattern: RegExp) {
  return (value: unknown): string | null => {
    const found = text(value);
    return found !== null && pattern.test(found) ? found : null;
  };
}
