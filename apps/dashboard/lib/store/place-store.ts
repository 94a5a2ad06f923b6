import type { JobState } from '@app/jobspec/folder';
import { pairOf, type Pair } from '../reading/pair.ts';
import type { Batch } from './batch.ts';
import type { MadeSoFar } from './clip-writer.ts';
import type { Database } from './database.ts';
import type { IndexWriter, StoredPlace } from './index-writer.ts';

const PAGE = 5000;

export interface StoredStamp extends Pair {
  stamp: string;
}

/** What the index holds of one state's folder. */
export class PlaceStore {
  readonly #db: Database;
  readonly #writer: IndexWriter;
  readonly #place: StoredPlace;
  #count: number;
  #mtime: number | null;
  #isWritten = false;
  /** Goes up with every change that others see. */
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
    const place = db.first<{ id: number; mtime: number | null; jobs: number }>(
      'SELECT id, mtime, jobs FROM place WHERE folder = ? AND state = ?',
      folder,
      state,
    );
    this.#place = { id: place?.id ?? 0, folder, state };
    this.#mtime = place?.mtime ?? null;
    this.#count = place?.jobs ?? 0;
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

  put(batch: Batch): void {
    if (batch.bases.length === 0) return;
    this.#count += this.#writer.put(this.#place, batch);
    this.#isWritten = true;
  }

  remove(bases: readonly string[]): void {
    if (bases.length === 0) return;
    this.#count -= this.#writer.remove(this.#place, bases);
    this.#isWritten = true;
  }

  /** Keeps how far jobs without a result are, each by its name. */
  mark(soFar: (base: string) => MadeSoFar): void {
    const jobs = this.#db.rows<{ id: number; base: string }>(
      'SELECT id, base FROM job WHERE place = ? AND final_status IS NULL',
      this.#place.id,
    );
    for (const { id, base } of jobs)
      this.#isWritten = this.#writer.mark(id, soFar(base)) || this.#isWritten;
    this.commit();
  }

  /** Lets others see what was written. */
  commit(): void {
    if (!this.#isWritten) return;
    this.#writer.commit();
    this.#isWritten = false;
    this.revision += 1;
  }

  has(base: string): boolean {
    return (
      this.#count > 0 &&
      this.#db.first('SELECT 1 FROM job WHERE place = ? AND base = ?', this.#place.id, base) !==
        null
    );
  }

  /** All jobs, in parts of some thousand. A name holds no slash. */
  *pairs(): Generator<Pair[]> {
    for (let after = ''; ;) {
      const part = this.#db.first<{ jobs: string | null; last: string }>(
        `SELECT group_concat(files || base, '/') AS jobs, max(base) AS last
         FROM (SELECT files, base FROM job WHERE place = ? AND base > ? ORDER BY base LIMIT ${PAGE})`,
        this.#place.id,
        after,
      );
      if (part === null || part.jobs === null) return;
      yield part.jobs.split('/').map((job) => pairOf(job.slice(1), Number(job[0])));
      after = part.last;
    }
  }

  /** @param after the name of the last one that was seen */
  stamps(after: string, limit: number): StoredStamp[] {
    const rows = this.#db.rows<{ base: string; files: number; stamp: string }>(
      'SELECT base, files, stamp FROM job WHERE place = ? AND base > ? ORDER BY base LIMIT ?',
      this.#place.id,
      after,
      limit,
    );
    return rows.map(({ base, files, stamp }) => Object.assign(pairOf(base, files), { stamp }));
  }
}
