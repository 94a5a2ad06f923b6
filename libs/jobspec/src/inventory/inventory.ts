import type {
  InventoryArchived,
  InventoryClip,
  InventoryDismissal,
  InventoryGone,
  InventoryLine,
  InventoryMedium,
} from './inventory-line.ts';
import { INVENTORY_LIMITS, proxyKindOf } from './inventory-line.ts';
import type { LeftOutCause } from './left-out.ts';

/** Clip that was left out, with the cause. */
export interface LeftOutClip {
  path: string;
  medium: string;
  /** Proxy for which it was left out, see {@link proxyKindOf}; `null` if unknown, or for several. */
  kind: string | null;
  cause: LeftOutCause;
  /** The cause as a sentence. */
  reason: string;
  at: string;
}

/** Times on FAT move by whole hours with the time zone and daylight saving time. */
const HOUR_MS = 3_600_000;
const MOST_HOURS = 26;
/** Resolution of times: two seconds on FAT, ten milliseconds on exFAT. */
const COARSE_MS = 2000;

/** State of a file on a medium. */
export interface FileState {
  bytes: number;
  /** Milliseconds since 1970. */
  mtime_ms: number;
}

/**
 * True if both states are of the same file: sizes are equal, and times differ by whole hours at most, give or take the
 * file system's resolution.
 */
export function isSameFile(a: FileState, b: FileState): boolean {
  const apart = Math.abs(a.mtime_ms - b.mtime_ms);
  const hours = Math.round(apart / HOUR_MS);
  const isMoved = hours <= MOST_HOURS && Math.abs(apart - hours * HOUR_MS) <= COARSE_MS;
  return a.bytes === b.bytes && isMoved;
}

/**
 * Clips on media, requested or left out, from lines that are added one after the other: the last line of a clip and
 * kind counts. How jobs ended is up to the ledger.
 */
export class Inventory {
  readonly #clips = new Map<string, InventoryClip>();
  /** By path. Requests stay known: a card that is mounted again is the same one. */
  readonly #gone = new Map<string, InventoryGone>();
  /** Keys of left-out clips by path; dropped once the clip is gone. */
  readonly #leftOut = new Map<string, Set<string>>();
  readonly #media = new Map<string, InventoryMedium>();
  readonly #archived = new Map<string, InventoryArchived>();
  readonly #dismissed = new Map<string, InventoryDismissal>();
  /** Sentences about unreadable parts: clips may be missing. */
  readonly faults: string[] = [];
  #isFull = false;

  add(line: InventoryLine): void {
    if ('gone' in line) this.#remove(line);
    else if ('dismissed' in line) {
      if (!this.isDismissed(line.dismissed, line.at))
        setBounded(this.#dismissed, line.dismissed, line);
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

  /** Keys of the lines of a left-out clip that this one replaces: same kind, another look. */
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

  /** Clips on their media, each once per kind, in the order in which they were first seen. */
  get clips(): Iterable<InventoryClip> {
    return this.#present();
  }

  *#present() {
    for (const line of this.#clips.values()) if (!this.#gone.has(line.path)) yield line;
  }

  /** Last line of each clip and kind: another look replaces an earlier request. */
  latest(): Iterable<InventoryClip> {
    const latest = new Map<string, InventoryClip>();
    for (const clip of this.clips) {
      const key = `${clip.kind}\n${clip.path}`;
      if (Date.parse(clip.at) >= Date.parse(latest.get(key)?.at ?? clip.at)) latest.set(key, clip);
    }
    return latest.values();
  }

  /** Clips on their media that were left out for some kind, each once with all of its reasons. */
  leftOut(): LeftOutClip[] {
    const found = new Map<string, LeftOutClip>();
    for (const line of this.clips) {
      const { path, medium, cause, reason, at } = line;
      if (cause === null || reason === null || this.isDismissed(path, at)) continue;
      const kind = proxyKindOf(line);
      const known = found.get(path) ?? { path, medium, kind, cause, reason, at };
      found.set(path, known);
      if (known.kind !== kind) known.kind = null;
      if (!known.reason.includes(reason)) known.reason += ` ${reason}`;
    }
    return [...found.values()];
  }

  /** True if a clip was on its medium earlier, but no longer. */
  isGone(path: string): boolean {
    return this.#gone.has(path);
  }

  /** True if more clips were added than are kept in memory. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** Last line of a clip and kind, also if the clip is gone; `null` if it was never seen. */
  of(path: string, key: Omit<ClipKey, 'path'>): InventoryClip | null {
    return this.#clips.get(keyOf({ ...key, path })) ?? null;
  }

  get media(): Iterable<InventoryMedium> {
    return this.#media.values();
  }

  /** True if the runner has recorded that it archived the job requested for a clip. */
  wasArchived({ job, job_sha256, path }: InventoryClip): boolean {
    const known = job === null ? undefined : this.#archived.get(job);
    return known !== undefined && known.sha256 === job_sha256 && known.sources.includes(path);
  }

  /**
   * True if a person has dismissed a failed job or a left-out clip at this time or later.
   *
   * @param at time of the failure or of the line
   */
  isDismissed(what: string, at: string): boolean {
    return Date.parse(at) <= Date.parse(this.#dismissed.get(what)?.at ?? '');
  }

  /** Minimal lines with the same content. */
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

/** Sets an entry as the newest, dropping the oldest if the map is full. */
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
