import type {
  InventoryArchived,
  InventoryClip,
  InventoryDismissal,
  InventoryLine,
  InventoryMedium,
} from './inventory-line.ts';
import { INVENTORY_LIMITS } from './inventory-line.ts';

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
  readonly #byPath = new Map<string, Set<string>>();
  readonly #media = new Map<string, InventoryMedium>();
  readonly #archived = new Map<string, InventoryArchived>();
  readonly #dismissed = new Map<string, InventoryDismissal>();
  /** How many clips were passed over, as there are more than are remembered. */
  passedOver = 0;

  add(line: InventoryLine): void {
    if ('gone' in line) this.#remove(line.gone);
    else if ('dismissed' in line) this.#dismissed.set(line.dismissed, line);
    else if ('archived' in line) this.#archived.set(line.archived, line);
    else if ('others' in line) this.#media.set(line.medium, line);
    else this.#addClip(line);
  }

  #addClip(line: InventoryClip) {
    const key = keyOf(line.path, line.kind);
    if (!this.#clips.has(key) && this.#clips.size >= INVENTORY_LIMITS.clips) {
      this.passedOver++;
      return;
    }
    this.#clips.set(key, line);
    const kinds = this.#byPath.get(line.path) ?? new Set();
    this.#byPath.set(line.path, kinds.add(line.kind));
  }

  #remove(path: string) {
    for (const kind of this.#byPath.get(path) ?? []) this.#clips.delete(keyOf(path, kind));
    this.#byPath.delete(path);
  }

  /** Every clip and kind, in the order in which they were first seen. */
  get clips(): Iterable<InventoryClip> {
    return this.#clips.values();
  }

  get size(): number {
    return this.#clips.size;
  }

  /** What the last look at a clip has said of a kind; `null` when it was never seen. */
  of(path: string, kind: string): InventoryClip | null {
    return this.#clips.get(keyOf(path, kind)) ?? null;
  }

  get media(): Iterable<InventoryMedium> {
    return this.#media.values();
  }

  /** Whether the runner itself has written that it archived the job that a clip was asked for with. */
  wasArchived({ job, job_sha256, path }: InventoryClip): boolean {
    const known = job === null ? undefined : this.#archived.get(job);
    return known !== undefined && known.sha256 === job_sha256 && known.sources.includes(path);
  }

  /** When a person has said that a refused job was seen; `null` for never. */
  dismissedAt(job: string): string | null {
    return this.#dismissed.get(job)?.at ?? null;
  }

  /** The lines that say all of it, and no more. */
  *lines(): Iterable<InventoryLine> {
    yield* this.#media.values();
    yield* this.#clips.values();
    yield* this.#archived.values();
    yield* this.#dismissed.values();
  }
}

function keyOf(path: string, kind: string): string {
  return `${kind}\n${path}`;
}
