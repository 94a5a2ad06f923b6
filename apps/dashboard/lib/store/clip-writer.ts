import { CLIP_STATUSES } from '../jobs/clip-row.ts';
import { ATTEMPT_COLUMNS, byProxy, type Attempt, type Proxy } from './attempts.ts';
import type { Batch } from './batch.ts';
import type { Database } from './database.ts';
import { gradesOf } from './grading.ts';
import { CLIPS_OF_A_JOB } from './schema.ts';
import { JSON_ROWS } from './json-rows.ts';
import { addSums, INSERT_DIRS, SumChanges } from './sums.ts';

const WAITING = CLIP_STATUSES.indexOf('WAITING');
const COMPLETED = CLIP_STATUSES.indexOf('COMPLETED');

interface StoredClip extends Attempt, Proxy {
  place: number;
  latest: number;
  relation: number;
  decider: number | null;
  other: number | null;
}

const COLUMNS = `${ATTEMPT_COLUMNS}, clip.place, clip.latest, clip.relation, clip.decider, clip.other`;

export const INSERT_CLIPS = `INSERT INTO clip (id, place, dir, name, output_dir, output_name, status, latest, relation, at, facts)
  SELECT (? + (entry ->> 0)) * ${CLIPS_OF_A_JOB} + (entry ->> 1), ?,
    (SELECT id FROM dir WHERE path = entry ->> 2), entry ->> 3, (SELECT id FROM dir WHERE path = entry ->> 4), entry ->> 5,
    entry ->> 6, 1, 0, entry ->> 7, entry ->> 8 FROM ${JSON_ROWS}`;

/** All attempts at the sources of new clips, of those that have others. */
const ATTEMPTS_AT_KNOWN = `SELECT ${COLUMNS} FROM (
    SELECT DISTINCT dir, name FROM clip AS new NOT INDEXED WHERE id >= ? AND EXISTS (
      SELECT 1 FROM clip AS other WHERE other.dir = new.dir AND other.name = new.name AND other.id <> new.id)
  ) AS known CROSS JOIN clip ON clip.dir = known.dir AND clip.name = known.name`;

/** Keeps the clips of jobs, and for each proxy asked for which of the attempts at it says where it stands. */
export class ClipWriter {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** @param first id of the first job of the batch, higher than that of any other job */
  add(first: number, place: number, { dirs, sums, clips }: Batch): void {
    this.#db.run(INSERT_DIRS, dirs);
    for (const part of clips) this.#db.run(INSERT_CLIPS, first, place, part);
    const from = first * CLIPS_OF_A_JOB;
    addSums(this.#db, 'place', place, sums);
    this.#grade(this.#db.rows<StoredClip>(ATTEMPTS_AT_KNOWN, from));
  }

  remove(job: number): void {
    const [from, to] = [job * CLIPS_OF_A_JOB, (job + 1) * CLIPS_OF_A_JOB];
    const gone = this.#db.rows<StoredClip>(
      `SELECT ${COLUMNS} FROM clip WHERE clip.id >= ? AND clip.id < ?`,
      from,
      to,
    );
    this.#db.run('DELETE FROM clip WHERE id >= ? AND id < ?', from, to);
    const sums = new SumChanges();
    for (const clip of gone) if (clip.latest === 1) sums.count(clip, -1);
    sums.write(this.#db);
    this.#gradeAgain(gone);
  }

  /** Clips of a running job that the index takes for waiting, and that are made; or the other way round. Clips are made in order. */
  unmarked(job: number, made: number): StoredClip[] {
    const from = job * CLIPS_OF_A_JOB;
    return this.#db.rows<StoredClip>(
      `SELECT ${COLUMNS} FROM clip WHERE clip.id >= ? AND clip.id < ? AND clip.status = iif(clip.id < ?, ${WAITING}, ${COMPLETED})`,
      from,
      from + CLIPS_OF_A_JOB,
      from + made,
    );
  }

  /** @param changed what `unmarked` found @param at when the last one was made, milliseconds */
  mark(changed: readonly StoredClip[], at: number): void {
    const sums = new SumChanges();
    for (const clip of changed) {
      const status = clip.status === WAITING ? COMPLETED : WAITING;
      this.#db.run('UPDATE clip SET status = ?, at = ? WHERE id = ?', status, at, clip.id);
      if (clip.latest === 0) continue;
      sums.count(clip, -1);
      sums.count({ ...clip, status }, 1);
    }
    sums.write(this.#db);
    this.#gradeAgain(changed);
  }

  #gradeAgain(clips: readonly StoredClip[]): void {
    for (const [{ dir, name }] of byProxy(clips))
      this.#grade(
        this.#db.rows<StoredClip>(
          `SELECT ${COLUMNS} FROM clip WHERE clip.dir = ? AND clip.name = ?`,
          dir,
          name,
        ),
      );
  }

  #grade(attempts: readonly StoredClip[]): void {
    const sums = new SumChanges();
    for (const clips of byProxy(attempts)) {
      const grades = gradesOf(clips);
      for (const clip of clips) {
        const grade = grades.get(clip.id);
        if (grade === undefined) continue;
        const { relation, decider, other } = grade;
        const latest = Number(grade.latest);
        const isSame = clip.latest === latest && clip.relation === relation;
        if (isSame && clip.decider === decider && clip.other === other) continue;
        this.#db.run(
          'UPDATE clip SET latest = ?, relation = ?, decider = ?, other = ? WHERE id = ?',
          latest,
          relation,
          decider,
          other,
          clip.id,
        );
        if (clip.latest !== latest) sums.count(clip, latest === 1 ? 1 : -1);
      }
    }
    sums.write(this.#db);
  }
}
