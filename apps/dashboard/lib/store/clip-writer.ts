import type { Batch } from './batch.ts';
import type { Database } from './database.ts';
import { gradesOf } from './grading.ts';
import { CLIPS_OF_A_JOB, JOB_OF_CLIP } from './schema.ts';
import { JSON_ROWS } from './json-rows.ts';
import { addSums, INSERT_DIRS, SumChanges } from './sums.ts';

interface StoredClip {
  id: number;
  place: number;
  dir: number;
  name: string;
  status: number;
  latest: number;
  relation: number;
  at: number;
  output: string;
  kind: string | null;
}

const COLUMNS = `clip.id, clip.place, clip.dir, clip.name, clip.status, clip.latest, clip.relation, clip.at,
  clip.output_dir || '/' || clip.output_name AS output, (SELECT kind FROM job WHERE id = ${JOB_OF_CLIP}) AS kind`;

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
      `SELECT ${COLUMNS} FROM clip WHERE id >= ? AND id < ?`,
      from,
      to,
    );
    this.#db.run('DELETE FROM clip WHERE id >= ? AND id < ?', from, to);
    const sums = new SumChanges();
    for (const clip of gone) if (clip.latest === 1) sums.count(clip, -1);
    sums.write(this.#db);
    for (const [{ dir, name }] of byProxy(gone))
      this.#grade(
        this.#db.rows<StoredClip>(
          `SELECT ${COLUMNS} FROM clip WHERE dir = ? AND name = ?`,
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
        const [latest, relation] = [Number(grade?.latest), grade?.relation ?? 0];
        if (clip.latest === latest && clip.relation === relation) continue;
        this.#db.run(
          'UPDATE clip SET latest = ?, relation = ? WHERE id = ?',
          latest,
          relation,
          clip.id,
        );
        if (clip.latest !== latest) sums.count(clip, latest === 1 ? 1 : -1);
      }
    }
    sums.write(this.#db);
  }
}

type Some<T> = [T, ...T[]];

/** By source and kind: a proxy of another kind is another proxy, and no attempt at this one. */
function byProxy(clips: readonly StoredClip[]): Some<StoredClip>[] {
  const proxies = new Map<string, Some<StoredClip>>();
  for (const clip of clips) {
    const key = `${clip.dir}/${clip.kind}/${clip.name}`;
    const known = proxies.get(key);
    if (known === undefined) proxies.set(key, [clip]);
    else known.push(clip);
  }
  return [...proxies.values()];
}
