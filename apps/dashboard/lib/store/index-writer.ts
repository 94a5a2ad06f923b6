import type { FoundJob } from '../reading/found-job.ts';
import { causeOf } from './cause.ts';
import { ClipWriter } from './clip-writer.ts';
import type { Database } from './database.ts';
import { searchTextOf } from './search-text.ts';

/** Sorted by the end, what has not ended yet comes after everything that has: milliseconds that no clock will show. */
const UNFINISHED: Record<string, number> = { pending: 1e14, running: 2e14 };

export interface StoredPlace {
  id: number;
  folder: string;
  state: string;
}

/** A job as it is written down. */
export interface Writing extends FoundJob {
  base: string;
  hasJob: boolean;
  hasResult: boolean;
  stamp: string;
  /** It may be in the index already. */
  isKnown: boolean;
}

const JOB_COLUMNS = [
  'place',
  'base',
  'files',
  'stamp',
  'job_id',
  'final_status',
  'execution_engine',
  'failure_type',
  'failure_reason',
  'total_clips',
  'completed_clips',
  'output_size_bytes',
  'duration_seconds',
  'worker_id',
  'started_at',
  'completed_at',
  'problem',
  'at',
  'ended',
  'cause',
] as const;
const INSERT = `INSERT INTO job (${JOB_COLUMNS.join(', ')}) VALUES (${JOB_COLUMNS.map(() => '?').join(', ')})`;

/** Writes jobs into the index; each call is one transaction. */
export class IndexWriter {
  readonly #db: Database;
  readonly #clips: ClipWriter;

  constructor(db: Database) {
    this.#db = db;
    this.#clips = new ClipWriter(db);
  }

  /** @returns how many more jobs there are now */
  put(place: StoredPlace, jobs: readonly Writing[]): number {
    let more = 0;
    this.#transact(() => {
      for (const job of jobs) {
        if (job.isKnown) more -= this.#remove(place, job.base);
        this.#insert(place, job);
        more += 1;
      }
    });
    return more;
  }

  /** @returns how many there were */
  remove(place: StoredPlace, bases: readonly string[]): number {
    let gone = 0;
    this.#transact(() => {
      for (const base of bases) gone += this.#remove(place, base);
    });
    return gone;
  }

  #transact(work: () => void): void {
    try {
      this.#db.transaction(() => {
        work();
        this.#clips.writeSums();
      });
    } catch (error) {
      // What was rolled back is not there: neither are the folders it made known.
      this.#clips.forgetDirs();
      throw error;
    }
  }

  #remove(place: StoredPlace, base: string): number {
    const found = this.#db.rows<{ id: number }>(
      'SELECT id FROM job WHERE place = ? AND base = ?',
      place.id,
      base,
    );
    for (const { id } of found) {
      this.#clips.remove({ id, place: place.id });
      this.#db.run('DELETE FROM search WHERE rowid = ?', id);
      this.#db.run('DELETE FROM job WHERE id = ?', id);
    }
    return found.length;
  }

  #insert(place: StoredPlace, job: Writing): void {
    const { facts, clips } = job;
    const failed = facts.failure_type !== null || facts.final_status === 'FAILED';
    const id = this.#db.run(
      INSERT,
      place.id,
      job.base,
      Number(job.hasJob) + 2 * Number(job.hasResult),
      job.stamp,
      facts.job_id,
      facts.final_status,
      facts.execution_engine,
      facts.failure_type,
      facts.failure_reason,
      facts.total_clips,
      facts.completed_clips,
      facts.output_size_bytes,
      facts.duration_seconds,
      facts.worker_id,
      facts.started_at,
      facts.completed_at,
      facts.problem,
      facts.when,
      (UNFINISHED[place.state] ?? 0) + facts.when,
      failed ? causeOf(facts.failure_type, facts.failure_reason) : null,
    );
    this.#clips.add({ id, place: place.id }, clips);
    const text = searchTextOf(place.folder, job.base, facts.job_id, clips);
    this.#db.run('INSERT INTO search (rowid, text) VALUES (?, ?)', id, text);
  }
}
