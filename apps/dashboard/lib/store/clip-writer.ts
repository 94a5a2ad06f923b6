import { CLIP_STATUSES, type FoundClip } from '../jobs/clip-row.ts';
import type { Database } from './database.ts';
import { gradesOf } from './grading.ts';
import { CLIPS_OF_A_JOB } from './schema.ts';
import { SumChanges } from './sums.ts';
import { hashOf, splitPath } from '../names/words.ts';

const DIRS_REMEMBERED = 20_000;

interface StoredClip {
  id: number;
  dir: number;
  name: string;
  status: number;
  latest: number;
  made_good: number;
  at: number;
}

const COLUMNS = 'id, dir, name, status, latest, made_good, at';

/** Keeps the clips of jobs, and for each source which of its attempts says where it stands. */
export class ClipWriter {
  readonly #db: Database;
  readonly #sums = new SumChanges();
  readonly #dirs = new Map<string, number>();

  constructor(db: Database) {
    this.#db = db;
  }

  add(job: { id: number; place: number }, clips: readonly FoundClip[]): void {
    clips.forEach((clip, index) => {
      const { dir, name } = splitPath(clip.source_path);
      const source = hashOf(clip.source_path);
      const dirId = this.#dirId(dir);
      const others = this.#attempts(source, dirId, name);
      const stored: StoredClip = {
        id: job.id * CLIPS_OF_A_JOB + index,
        dir: dirId,
        name,
        status: CLIP_STATUSES.indexOf(clip.status),
        latest: others.length === 0 ? 1 : 0,
        made_good: 0,
        at: clip.when,
      };
      this.#insert(stored, source, clip);
      if (others.length === 0)
        this.#sums.count({ dir: dirId, place: job.place, status: stored.status }, 1);
      else this.#grade([...others, stored]);
    });
  }

  remove(job: { id: number; place: number }): void {
    const [from, to] = [job.id * CLIPS_OF_A_JOB, (job.id + 1) * CLIPS_OF_A_JOB];
    const gone = this.#db.rows<StoredClip & { source: number }>(
      `SELECT ${COLUMNS}, source FROM clip WHERE id >= ? AND id < ?`,
      from,
      to,
    );
    this.#db.run('DELETE FROM clip WHERE id >= ? AND id < ?', from, to);
    for (const { dir, name, status, latest, source } of gone) {
      if (latest === 1) this.#sums.count({ dir, place: job.place, status }, -1);
      const others = this.#attempts(source, dir, name);
      if (others.length > 0) this.#grade(others);
    }
  }

  /** Once for each transaction. */
  writeSums(): void {
    this.#sums.write(this.#db);
  }

  forgetDirs(): void {
    this.#dirs.clear();
  }

  #attempts(source: number, dir: number, name: string): StoredClip[] {
    const found = this.#db.rows<StoredClip>(`SELECT ${COLUMNS} FROM clip WHERE source = ?`, source);
    return found.filter((clip) => clip.dir === dir && clip.name === name);
  }

  #grade(attempts: readonly StoredClip[]): void {
    const grades = gradesOf(attempts);
    for (const clip of attempts) {
      const grade = grades.get(clip.id);
      const [latest, madeGood] = [Number(grade?.latest), Number(grade?.made_good)];
      if (clip.latest === latest && clip.made_good === madeGood) continue;
      this.#db.run(
        'UPDATE clip SET latest = ?, made_good = ? WHERE id = ?',
        latest,
        madeGood,
        clip.id,
      );
      if (clip.latest !== latest)
        this.#sums.count({ ...clip, place: this.#placeOf(clip.id) }, latest === 1 ? 1 : -1);
    }
  }

  #placeOf(clip: number): number {
    const job = Math.floor(clip / CLIPS_OF_A_JOB);
    return this.#db.first<{ place: number }>('SELECT place FROM job WHERE id = ?', job)?.place ?? 0;
  }

  #insert(stored: StoredClip, source: number, clip: FoundClip): void {
    const { source_path: _, output_path, status: __, when: ___, ...facts } = clip;
    const output = splitPath(output_path);
    this.#db.run(
      `INSERT INTO clip (${COLUMNS}, source, output_dir, output_name, facts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      stored.id,
      stored.dir,
      stored.name,
      stored.status,
      stored.latest,
      stored.made_good,
      stored.at,
      source,
      output_path === '' ? null : this.#dirId(output.dir),
      output.name,
      JSON.stringify(facts),
    );
  }

  #dirId(path: string): number {
    const known = this.#dirs.get(path);
    if (known !== undefined) return known;
    if (this.#dirs.size >= DIRS_REMEMBERED) this.#dirs.clear();
    const found = this.#db.first<{ id: number }>('SELECT id FROM dir WHERE path = ?', path);
    const id = found?.id ?? this.#db.run('INSERT INTO dir (path) VALUES (?)', path);
    this.#dirs.set(path, id);
    return id;
  }
}
