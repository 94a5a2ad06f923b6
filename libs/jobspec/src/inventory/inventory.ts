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

/** Distinct reasons that are told of one clip; the others are counted. */
const MOST_REASONS = 8;

/** Lines of one clip by kind, those of requests also by look: of a kind it was left out for, only the last line counts. */
interface ClipLines {
  readonly lines: Map<string, InventoryClip>;
  /** Set while it is not on its medium. Requests stay known: a card that is mounted again is the same one. */
  gone: InventoryGone | null;
}

/**
 * Clips on media, requested or left out, from lines that are added one after the other: the last line of a clip and
 * kind counts. How jobs ended is up to the ledger. No step takes longer the more lines one clip has.
 */
export class Inventory {
  /** By path. */
  readonly #clips = new Map<string, ClipLines>();
  readonly #media = new Map<string, InventoryMedium>();
  readonly #archived = new Map<string, InventoryArchived>();
  /** Clips of archived jobs with many. */
  readonly #sources = new WeakMap<InventoryArchived, ReadonlySet<string>>();
  readonly #dismissed = new Map<string, InventoryDismissal>();
  /** Sentences about unreadable parts: clips may be missing. */
  readonly faults: string[] = [];
  /** Sentences about what is to be done before clips are missing. */
  readonly notices: string[] = [];
  /** Share of the limits of the record and of memory that is used, from 0 to 1; set by its reader. */
  fill = 0;
  #lines = 0;
  #isFull = false;

  add(line: InventoryLine): void {
    if ('gone' in line) this.#remove(line);
    else if ('dismissed' in line) {
      if (!this.isDismissed(line.dismissed, line.at))
        this.#set(this.#dismissed, line.dismissed, line);
    } else if ('archived' in line) this.#set(this.#archived, line.archived, line);
    else if ('others' in line) this.#set(this.#media, line.medium, line);
    else this.#addClip(line);
  }

  #addClip(line: InventoryClip) {
    const { path, kind, job } = line;
    const clip = this.#clips.get(path) ?? { lines: new Map<string, InventoryClip>(), gone: null };
    const asked = keyOf(line);
    const [key, replaced] = job === null ? [kind, asked] : [asked, kind];
    const added = Number(!clip.lines.has(key)) - Number(clip.lines.has(replaced));
    if (this.#lines + added > INVENTORY_LIMITS.clips) {
      this.#isFull = true;
      return;
    }
    this.#lines += added;
    clip.lines.delete(replaced);
    clip.lines.set(key, line);
    clip.gone = null;
    this.#clips.set(path, clip);
  }

  /** True if a line replaces one of the same clip and kind that was left out with another look. */
  replacesLeftOut({ path, kind, look }: ClipKey): boolean {
    return (this.#clips.get(path)?.lines.get(kind)?.look ?? look) !== look;
  }

  #remove(line: InventoryGone) {
    const clip = this.#clips.get(line.gone);
    if (clip === undefined) return;
    if (clip.gone === null)
      for (const [key, { job }] of clip.lines)
        if (job === null) this.#lines -= Number(clip.lines.delete(key));
    clip.gone = line;
    if (clip.lines.size === 0) this.#clips.delete(line.gone);
  }

  #set<Value>(map: Map<string, Value>, key: string, value: Value) {
    if (!map.delete(key) && map.size >= INVENTORY_LIMITS.clips) this.#isFull = true;
    else map.set(key, value);
  }

  /** Clips on their media, each once per kind, in the order in which they were first seen. */
  get clips(): Iterable<InventoryClip> {
    return this.#present();
  }

  *#present() {
    for (const { gone, lines } of this.#clips.values()) if (gone === null) yield* lines.values();
  }

  /** Last line of each clip and kind: another look replaces an earlier request. */
  *latest(): Iterable<InventoryClip> {
    for (const { gone, lines } of this.#clips.values()) {
      if (gone !== null) continue;
      const latest = new Map<string, InventoryClip>();
      for (const clip of lines.values())
        if (Date.parse(clip.at) >= Date.parse(latest.get(clip.kind)?.at ?? clip.at))
          latest.set(clip.kind, clip);
      yield* latest.values();
    }
  }

  /** Clips on their media that were left out for some kind, each once with its reasons. */
  *leftOut(): Iterable<LeftOutClip> {
    for (const { gone, lines } of this.#clips.values()) {
      if (gone !== null) continue;
      const left = [...lines.values()].filter(
        ({ cause, path, at }) => cause !== null && !this.isDismissed(path, at),
      );
      const [first] = left;
      if (first === undefined || first.cause === null) continue;
      const { path, medium, cause, at } = first;
      const own = proxyKindOf(first);
      const kind = left.every((line) => proxyKindOf(line) === own) ? own : null;
      yield { path, medium, kind, cause, reason: reasonOf(left), at };
    }
  }

  /** True if a clip was on its medium earlier, but no longer. */
  isGone(path: string): boolean {
    return (this.#clips.get(path)?.gone ?? null) !== null;
  }

  /** True if more was added than is kept in memory. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** Share of what is kept in memory that is used, from 0 to 1. */
  get memoryFill(): number {
    const sizes = [this.#media, this.#archived, this.#dismissed].map(({ size }) => size);
    return Math.max(this.#lines, ...sizes) / INVENTORY_LIMITS.clips;
  }

  /** Last line of a clip and kind, also if the clip is gone; `null` if it was never seen. */
  of(path: string, key: Omit<ClipKey, 'path'>): InventoryClip | null {
    const lines = this.#clips.get(path)?.lines;
    const left = lines?.get(key.kind);
    return (left?.look === key.look ? left : lines?.get(keyOf(key))) ?? null;
  }

  /** Counts of the files on a medium that aren't clips; `null` if it was never counted. */
  medium(name: string): InventoryMedium | null {
    return this.#media.get(name) ?? null;
  }

  get media(): Iterable<InventoryMedium> {
    return this.#media.values();
  }

  /** True if the runner has recorded that it archived the job requested for a clip. */
  wasArchived({ job, job_sha256, path }: InventoryClip): boolean {
    const known = job === null ? undefined : this.#archived.get(job);
    return known !== undefined && known.sha256 === job_sha256 && this.#names(known, path);
  }

  #names(job: InventoryArchived, path: string): boolean {
    if (job.sources.length < MANY_SOURCES) return job.sources.includes(path);
    const sources = this.#sources.get(job) ?? new Set(job.sources);
    this.#sources.set(job, sources);
    return sources.has(path);
  }

  /**
   * True if a person has dismissed a failed job or a left-out clip at this time or later.
   *
   * @param at time of the failure or of the line
   */
  isDismissed(what: string, at: string): boolean {
    const dismissed = this.#dismissed.get(what);
    return dismissed !== undefined && Date.parse(at) <= Date.parse(dismissed.at);
  }

  /** Minimal lines with the same content. */
  *lines(): Iterable<InventoryLine> {
    yield* this.#media.values();
    for (const { lines, gone } of this.#clips.values()) {
      yield* lines.values();
      if (gone !== null) yield gone;
    }
    yield* this.#archived.values();
    yield* this.#dismissed.values();
  }
}

/** Number of clips from which looking one up in a set is worth making the set. */
const MANY_SOURCES = 32;

/** Reasons of a clip's lines, each once. */
function reasonOf(left: readonly InventoryClip[]): string {
  const reasons = [...new Set(left.map(({ reason }) => reason))];
  const more = reasons.length - MOST_REASONS;
  const told = reasons.slice(0, MOST_REASONS).join(' ');
  return more > 0 ? `${told} And ${more} more ${more === 1 ? 'reason' : 'reasons'}.` : told;
}

type ClipKey = Pick<InventoryClip, 'path' | 'kind' | 'look'>;

function keyOf({ kind, look }: Omit<ClipKey, 'path'>): string {
  return `${kind}\n${look}`;
}
