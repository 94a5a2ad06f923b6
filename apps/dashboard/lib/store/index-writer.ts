import { JOB_COLUMNS, type Batch } from './batch.ts';
import { ClipWriter, type MadeSoFar } from './clip-writer.ts';
import type { Database } from './database.ts';
import { JSON_ROWS } from './json-rows.ts';

export interface StoredPlace {
  id: number;
  folder: string;
  state: string;
}

const INSERT_JOBS = `INSERT INTO job (id, place, ${JOB_COLUMNS.join(', ')})
  SELECT ? + at, ?, ${JOB_COLUMNS.map((_, at) => `entry ->> ${at}`).join(', ')} FROM ${JSON_ROWS}`;

/** Writes jobs into the index. Others see it once it is committed. */
export class IndexWriter {
  readonly #db: Database;
  readonly #clips: ClipWriter;
  #nextId: number;

  constructor(db: Database) {
    this.#db = db;
    this.#clips = new ClipWriter(db);
    this.#nextId = (db.first<{ id: number }>('SELECT max(id) AS id FROM job')?.id ?? 0) + 1;
  }

  /** Writes jobs in place of what was known under their names. @returns how many more there are now */
  put(place: StoredPlace, batch: Batch): number {
    const gone = this.remove(place, batch.bases);
    const first = this.#nextId;
    this.#nextId += batch.bases.length;
    this.#db.run(INSERT_JOBS, first, place.id, batch.jobs);
    this.#db.run(
      'INSERT INTO search (rowid, text) SELECT ? + key, value FROM json_each(?)',
      first,
      batch.texts,
    );
    this.#clips.add(first, batch);
    this.#count(place, batch.bases.length);
    return batch.bases.length - gone;
  }

  /** @returns how many there were */
  remove(place: StoredPlace, bases: readonly string[]): number {
    this.#db.begin();
    const found = this.#db.rows<{ id: number }>(
      'SELECT id FROM job WHERE place = ? AND base IN (SELECT value FROM json_each(?))',
      place.id,
      JSON.stringify(bases),
    );
    for (const { id } of found) {
      this.#clips.remove(id);
      this.#db.run('DELETE FROM search WHERE rowid = ?', id);
      this.#db.run('DELETE FROM job WHERE id = ?', id);
    }
    if (found.length > 0) this.#count(place, -found.length);
    return found.length;
  }

  /** Keeps how far a job in running/ is, of which the index has no result yet. @returns whether that was news */
  mark(job: number, soFar: MadeSoFar): boolean {
    return this.#clips.mark(job, soFar);
  }

  commit(): void {
    this.#db.commit();
  }

  #count(place: StoredPlace, by: number): void {
    this.#db.run('UPDATE place SET jobs = jobs + ? WHERE id = ?', by, place.id);
  }
}
