import { jobNameOf, resultNameOf, type JobState } from '@app/jobspec/folder';
import { NameSet } from '../names/name-set.ts';

import type { Database } from './database.ts';
import type { IndexWriter, StoredPlace, Writing } from './index-writer.ts';

const PAGE = 5000;

interface StoredPair {
  base: string;
  hasJob: boolean;
  hasResult: boolean;
}

export interface StoredStamp extends StoredPair {
  stamp: string;
}

interface PairRow {
  base: string;
  files: number;
  stamp: string;
}

/** What the index holds of one state's folder. */
export class PlaceStore {
  readonly #db: Database;
  readonly #writer: IndexWriter;
  readonly #place: StoredPlace;
  #count: number;
  #mtime: number | null;
  /** Goes up with every change. */
  revision = 0;

  constructor(
    db: Database,
    writer: IndexWriter,
    { folder, state, path }: { folder: string; state: JobState; path: string },
  ) {
    this.#db = db;
    this.#writer = writer;
    db.run(
      'INSERT OR IGNORE INTO place (folder, state, path) VALUES (?, ?, ?)',
      folder,
      state,
      path,
    );
    const place = db.first<{ id: number; mtime: number | null }>(
      'SELECT id, mtime FROM place WHERE folder = ? AND state = ?',
      folder,
      state,
    );
    this.#place = { id: place?.id ?? 0, folder, state };
    this.#mtime = place?.mtime ?? null;
    const counted = db.first<{ n: number }>(
      'SELECT count(*) AS n FROM job WHERE place = ?',
      this.#place.id,
    );
    this.#count = counted?.n ?? 0;
  }

  get count(): number {
    return this.#count;
  }

  /** Of the last listing that everything was read of; `null` when another one is needed. */
  get mtime(): number | null {
    return this.#mtime;
  }

  keepMtime(mtime: number | null): void {
    if (mtime === this.#mtime) return;
    this.#mtime = mtime;
    this.#db.run('UPDATE place SET mtime = ? WHERE id = ?', mtime, this.#place.id);
  }

  put(jobs: readonly Writing[]): void {
    if (jobs.length === 0) return;
    this.#count += this.#writer.put(this.#place, jobs);
    this.revision += 1;
  }

  remove(bases: readonly string[]): void {
    if (bases.length === 0) return;
    this.#count -= this.#writer.remove(this.#place, bases);
    this.revision += 1;
  }

  /** The files of all jobs. */
  files(): NameSet {
    const files = new NameSet();
    for (const { base, hasJob, hasResult } of this.pairs()) {
      if (hasJob) files.add(jobNameOf(base));
      if (hasResult) files.add(resultNameOf(jobNameOf(base)));
    }
    return files;
  }

  *pairs(): Generator<StoredPair> {
    for (let after = ''; ;) {
      const rows = this.#db.rows<PairRow>(
        'SELECT base, files FROM job WHERE place = ? AND base > ? ORDER BY base LIMIT ?',
        this.#place.id,
        after,
        PAGE,
      );
      yield* rows.map(pairOf);
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE) return;
      after = last.base;
    }
  }

  /** @param after the name of the last one that was seen */
  stamps(after: string, limit: number): StoredStamp[] {
    const rows = this.#db.rows<PairRow>(
      'SELECT base, files, stamp FROM job WHERE place = ? AND base > ? ORDER BY base LIMIT ?',
      this.#place.id,
      after,
      limit,
    );
    return rows.map((row) => Object.assign(pairOf(row), { stamp: row.stamp }));
  }
}

function pairOf({ base, files }: Pick<PairRow, 'base' | 'files'>): StoredPair {
  return { base, hasJob: (files & 1) !== 0, hasResult: (files & 2) !== 0 };
}
