import type { JobState } from '@app/jobspec/folder';
import type { JobRow } from './job-row.ts';

export const SORT_KEYS = ['completed_at', 'name', 'duration_seconds', 'output_size_bytes'] as const;
export type SortKey = (typeof SORT_KEYS)[number];
export const SORT_ORDERS = ['asc', 'desc'] as const;
export type SortOrder = (typeof SORT_ORDERS)[number];

// What has not ended yet counts as later than everything that has.
const UNFINISHED: Partial<Record<JobState, number>> = {
  pending: Number.MAX_SAFE_INTEGER - 1,
  running: Number.MAX_SAFE_INTEGER,
};

const KEYS: Record<SortKey, (row: JobRow) => number | string | null> = {
  completed_at: (row) => UNFINISHED[row.state] ?? row.when,
  name: (row) => row.name,
  duration_seconds: (row) => row.duration_seconds,
  output_size_bytes: (row) => row.output_size_bytes,
};

/** Every known job, kept in each order that a list may ask for. */
export class Catalogue {
  readonly #rows = new Set<JobRow>();
  readonly #orderings = new Map(SORT_KEYS.map((key) => [key, new Ordering(KEYS[key])]));
  /** Goes up with every change. */
  version = 0;

  get rows(): ReadonlySet<JobRow> {
    return this.#rows;
  }

  add(row: JobRow): void {
    this.#rows.add(row);
    this.version += 1;
    for (const ordering of this.#orderings.values()) ordering.add(row);
  }

  remove(row: JobRow): void {
    if (!this.#rows.delete(row)) return;
    this.version += 1;
    for (const ordering of this.#orderings.values()) ordering.outdate();
  }

  /** All rows in one order; rows without the fact that is sorted by come last in both directions. */
  ordered(key: SortKey, order: SortOrder): readonly JobRow[] {
    return this.#orderings.get(key)?.list(order, this.#rows) ?? [];
  }
}

/** One order, brought up to date when it is asked for: sorting what is nearly sorted is cheap. */
class Ordering {
  readonly #key: (row: JobRow) => number | string | null;
  #ranked: JobRow[] = [];
  #unranked: JobRow[] = [];
  #lists: Partial<Record<SortOrder, readonly JobRow[]>> = {};
  #outdated = false;

  constructor(key: (row: JobRow) => number | string | null) {
    this.#key = key;
  }

  add(row: JobRow): void {
    (this.#key(row) === null ? this.#unranked : this.#ranked).push(row);
    this.#outdated = true;
  }

  outdate(): void {
    this.#outdated = true;
  }

  list(order: SortOrder, live: ReadonlySet<JobRow>): readonly JobRow[] {
    if (this.#outdated) this.#refresh(live);
    const ranked = () => (order === 'asc' ? this.#ranked : this.#ranked.toReversed());
    this.#lists[order] ??= [...ranked(), ...this.#unranked];
    return this.#lists[order];
  }

  #refresh(live: ReadonlySet<JobRow>): void {
    this.#ranked = this.#ranked.filter((row) => live.has(row)).sort((a, b) => this.#compare(a, b));
    this.#unranked = this.#unranked.filter((row) => live.has(row));
    this.#lists = {};
    this.#outdated = false;
  }

  #compare(a: JobRow, b: JobRow): number {
    return (
      compare(this.#key(a), this.#key(b)) ||
      compare(a.when, b.when) ||
      compare(a.name, b.name) ||
      compare(a.folder, b.folder)
    );
  }
}

function compare(a: number | string | null, b: number | string | null): number {
  if (a === b || a === null || b === null) return 0;
  return a < b ? -1 : 1;
}
