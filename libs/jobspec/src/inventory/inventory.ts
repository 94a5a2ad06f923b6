import type {
  InventoryArchived,
  InventoryClip,
  InventoryDismissal,
  InventoryGone,
  InventoryLine,
  InventoryMedium,
} from './inventory-line.ts';
import { INVENTORY_LIMITS } from './inventory-line.ts';
import type { LeftOutCause } from './left-out.ts';

/** A clip that was left out, and why. */
export interface LeftOutClip {
  path: string;
  medium: string;
  cause: LeftOutCause;
  /** A sentence. */
  reason: string;
  at: string;
}

/** A FAT's times move by whole hours with the time zone and its summer time. */
const HOUR_MS = 3_600_000;
const MOST_HOURS = 26;
/** FAT keeps two seconds, exFAT ten milliseconds. */
const COARSE_MS = 2000;

/** A file as it lies on a medium. */
export interface FileState {
  bytes: number;
  /** Milliseconds since 1970. */
  mtime_ms: number;
}

/** Whether two looks saw the same file: equal sizes, and times that are equal, but for whole hours. */
export function isSameFile(a: FileState, b: FileState): boolean {
  const apart = Math.abs(a.mtime_ms - b.mtime_ms);
  const hours = Math.round(apart / HOUR_MS);
  const isMoved = hours <= MOST_HOURS && Math.abs(apart - hours * HOUR_MS) <= COARSE_MS;
  return a.bytes === b.bytes && isMoved;
}

/**
 * What lies on media, what was asked for and what was left out, as the lines say that are added one after the other: the last one of a clip
 * and kind counts. What became of a job is the ledger's to say.
 */
export class Inventory {
  readonly #clips = new Map<string, InventoryClip>();
  /** By path. What was asked for stays known: a card that is mounted again is the same one. */
  readonly #gone = new Map<string, InventoryGone>();
  /** Keys of what was left out, by path: of what is gone nobody needs them. */
  readonly #leftOut = new Map<string, Set<string>>();
  readonly #media = new Map<string, InventoryMedium>();
  readonly #archived = new Map<string, InventoryArchived>();
  readonly #dismissed = new Map<string, InventoryDismissal>();
  /** What couldn't be read of it, sentences: clips may be missing. */
  readonly faults: string[] = [];
  #isFull = false;

  add(line: InventoryLine): void {
    if ('gone' in line) this.#remove(line);
    else if ('dismissed' in line) {
      if (!this.isSeen(line.dismissed, line.at)) setBounded(this.#dismissed, line.dismissed, line);
    } else if ('archived' in line) setBounded(this.#archived, line.archived, line);
    else if ('others' in line) setBounded(this.#media, line.medium, line);
    else this.#addClip(line);
  }

  #addClip(line: InventoryClip) {
    const key = keyOf(line);
    for (const other of this.replacedBy(line)) {
      this.#clips.delete(other);
      this.#leftOut.get(line.path)?.delete(other);
    }
    if (!this.#clips.has(key) && this.#clips.size >= INVENTORY_LIMITS.clips) {
      this.#isFull = true;
      return;
    }
    this.#clips.set(key, line);
    this.#gone.delete(line.path);
    const left = this.#leftOut.get(line.path) ?? new Set();
    if (line.job === null) this.#leftOut.set(line.path, left.add(key));
    else left.delete(key);
  }

  /** Keys of what was left out before, and is asked for in another look since. */
  replacedBy({ path, kind, look }: ClipKey): string[] {
    return [...(this.#leftOut.get(path) ?? [])].filter((key) => {
      const line = this.#clips.get(key);
      return line?.kind === kind && line.look !== look;
    });
  }

  #remove(line: InventoryGone) {
    for (const key of this.#leftOut.get(line.gone) ?? []) this.#clips.delete(key);
    this.#leftOut.delete(line.gone);
    setBounded(this.#gone, line.gone, line);
  }

  /** Every clip and kind that lies on its medium, in the order in which they were first seen. */
  get clips(): Iterable<InventoryClip> {
    return this.#there();
  }

  *#there() {
    for (const line of this.#clips.values()) if (!this.#gone.has(line.path)) yield line;
  }

  /** Of each clip and kind what was said last: another look stands for what was asked for before. */
  latest(): Iterable<InventoryClip> {
    const latest = new Map<string, InventoryClip>();
    for (const clip of this.clips) {
      const key = `${clip.kind}\n${clip.path}`;
      if (Date.parse(clip.at) >= Date.parse(latest.get(key)?.at ?? clip.at)) latest.set(key, clip);
    }
    return latest.values();
  }

  /** What lies on its medium and was left out for some kind, each clip once with all of its reasons. */
  leftOut(): LeftOutClip[] {
    const found = new Map<string, LeftOutClip>();
    for (const { path, medium, cause, reason, at } of this.clips) {
      if (cause === null || reason === null || this.isSeen(path, at)) continue;
      const known = found.get(path);
      if (known === undefined) found.set(path, { path, medium, cause, reason, at });
      else if (!known.reason.includes(reason)) known.reason += ` ${reason}`;
    }
    return [...found.values()];
  }

  /** Whether a clip lay on its medium at a look before the last. */
  isGone(path: string): boolean {
    return this.#gone.has(path);
  }

  /** Whether more clips were added than are remembered. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** What the last look at a clip has said of a kind, also of one that is gone; `null` when it was never seen. */
  of(path: string, key: Omit<ClipKey, 'path'>): InventoryClip | null {
    return this.#clips.get(keyOf({ ...key, path })) ?? null;
  }

  get media(): Iterable<InventoryMedium> {
    return this.#media.values();
  }

  /** Whether the runner itself has written that it archived the job that a clip was asked for with. */
  wasArchived({ job, job_sha256, path }: InventoryClip): boolean {
    const known = job === null ? undefined : this.#archived.get(job);
    return known !== undefined && known.sha256 === job_sha256 && known.sources.includes(path);
  }

  /** Whether a person has said that a failed job, or a clip that was left out, was seen, at this time or later. @param at of what was told */
  isSeen(what: string, at: string): boolean {
    return Date.parse(at) <= Date.parse(this.#dismissed.get(what)?.at ?? '');
  }

  /** The lines that say all of it, and no more. */
  *lines(): Iterable<InventoryLine> {
    yield* this.#media.values();
    const gone = new Set<InventoryGone>();
    for (const line of this.#clips.values()) {
      yield line;
      const left = this.#gone.get(line.path);
      if (left !== undefined) gone.add(left);
    }
    yield* gone;
    yield* this.#archived.values();
    yield* this.#dismissed.values();
  }
}

/** The oldest entry makes room. */
function setBounded<Value>(map: Map<string, Value>, key: string, value: Value) {
  map.delete(key);
  map.set(key, value);
  const oldest = map.size > INVENTORY_LIMITS.clips ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
}

type ClipKey = Pick<InventoryClip, 'path' | 'kind' | 'look'>;

function keyOf({ path, kind, look }: ClipKey): string {
  return [kind, look, path].join('\n');
}
