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

/** One clip on media, for one kind of proxy that was asked for. */
export interface InventoryClip {
  /** When it was looked at: UTC, as times of results. */
  at: string;
  /** The card or folder that was named. */
  medium: string;
  /** Its path, without links. */
  path: string;
  bytes: number;
  /** Time of its last change, in whole milliseconds since 1970. */
  mtime_ms: number;
  /** Its length, where that is known. */
  seconds: number | null;
  /** In which gamma it was recorded and by what camera, in its own words; absent where nothing says it, or nobody asked. */
  gamma?: string;
  camera?: string;
  /** What was asked for: codec, container, naming, place. */
  kind: string;
  /** Its size, colours and text. One that is asked for later in the same place stands for it. */
  look: string;
  /** The JobSpec that makes its proxy; `null` where it was left out. */
  job: string | null;
  /** SHA-256 of that JobSpec's bytes. */
  job_sha256: string | null;
  /** Why it was left out; `null` where there is a job. */
  cause: LeftOutCause | null;
  /** The same as a sentence. */
  reason: string | null;
}

/** A clip that lies on its medium no more. */
export interface InventoryGone {
  at: string;
  gone: string;
}

/** What a medium holds that is surely no clip, by kind. */
export interface InventoryMedium {
  at: string;
  medium: string;
  others: Readonly<Record<string, number>>;
}

/** A failed job, by its name, or a clip that was left out, by its path, that a person has seen. */
export interface InventoryDismissal {
  at: string;
  dismissed: string;
}

/** A job that the runner has archived, and the clips that its JobSpec names. Only the runner writes it, and only into its own directory. */
export interface InventoryArchived {
  at: string;
  archived: string;
  sha256: string;
  sources: readonly string[];
}

/** What people and `plan` may drop into `pending/`. */
export type DroppedLine = InventoryClip | InventoryGone | InventoryMedium | InventoryDismissal;
export type InventoryLine = DroppedLine | InventoryArchived;

/** Inventory files: lines of JSON. */
export const INVENTORY_EXTENSION = '.inventory';
export const isInventoryName = (name: string): boolean =>
  name.endsWith(INVENTORY_EXTENSION) && !name.startsWith('.');

/** Bounds for what somebody else has written: bytes of a file, of the record and of a line, lines of a file, clips that are remembered. */
export const INVENTORY_LIMITS = {
  fileBytes: 64 * 1024 * 1024,
  recordBytes: 256 * 1024 * 1024,
  lineBytes: 32 * 1024,
  lines: 400_000,
  clips: 300_000,
} as const;

const MOST = { path: 4096, kind: 2048, reason: 4096, others: 32, word: 512 };
const SHA256 = /^[0-9a-f]{64}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** A line of an inventory that somebody has dropped, checked; `null` for anything else. */
export function readDroppedLine(line: string): DroppedLine | null {
  const read = readInventoryLine(line);
  return read !== null && 'archived' in read ? null : read;
}

/** A line of an inventory, checked; `null` for anything else. Nothing that it names is opened. */
export function readInventoryLine(line: string): InventoryLine | null {
  if (line.length > INVENTORY_LIMITS.lineBytes) return null;
  const value = objectIn(line);
  const at = value && instant(value['at']);
  if (!value || at === null) return null;
  if ('gone' in value) return withText(value['gone'], MOST.path, (gone) => ({ at, gone }));
  if ('dismissed' in value)
    return withText(value['dismissed'], MOST.path, (dismissed) => ({ at, dismissed }));
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
  const medium = bounded(value['medium'], MOST.path);
  const path = bounded(value['path'], MOST.path);
  const kind = bounded(value['kind'], MOST.kind);
  const look = bounded(value['look'], MOST.kind) ?? '';
  const bytes = amount(value['bytes']);
  const mtime_ms = whole(value['mtime_ms']);
  if (medium === null || path === null || kind === null || bytes === null || mtime_ms === null)
    return null;
  const seconds = amount(value['seconds']);
  const gamma = bounded(value['gamma'], MOST.word);
  const camera = bounded(value['camera'], MOST.word);
  const told = { ...(gamma !== null && { gamma }), ...(camera !== null && { camera }) };
  const fact = { at, medium, path, bytes, mtime_ms, seconds, ...told, kind, look };
  const job = jobName(value['job']);
  const job_sha256 = hash(value['job_sha256']);
  if (job !== null && job_sha256 !== null)
    return { ...fact, job, job_sha256, cause: null, reason: null };
  const cause = oneOf(LEFT_OUT_CAUSES, value['cause']);
  const reason = bounded(value['reason'], MOST.reason);
  if (cause === null || reason === null) return null;
  return { ...fact, job: null, job_sha256: null, cause, reason };
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

/** The name of a job file and nothing that leads elsewhere. */
function jobName(value: unknown): string | null {
  const name = text(value);
  return name === null || name.includes('/') || refusalOfName(name) !== null ? null : name;
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
