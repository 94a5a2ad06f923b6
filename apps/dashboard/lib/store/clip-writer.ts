import { grouped } from '../text/grouped.ts';
import { STATUS, type ClipStatus } from '../jobs/clip-row.ts';
import { CLIP_COLUMNS, type Batch } from './batch.ts';
import type { Database } from './database.ts';
import { JSON_ROWS } from './json-rows.ts';
import { CLIPS_OF_A_JOB } from './schema.ts';
import { standingOf, type Attempt } from './standing.ts';

interface StoredClip extends Attempt {
  dir: number;
  name: string;
  kind: string | null;
  stands: number;
  made_good: number;
}

const COLUMNS =
  'clip.id, clip.dir, clip.name, clip.kind, clip.status, clip.at, clip.output_path, clip.stands, clip.made_good';

const INSERT_DIRS = `INSERT INTO dir (path, name, text) SELECT entry ->> 0, entry ->> 1, entry ->> 2 FROM ${JSON_ROWS} WHERE TRUE ON CONFLICT (path) DO NOTHING`;
const LINK_CARDS = `UPDATE dir SET card = (SELECT card.id FROM dir AS card WHERE card.path = entry ->> 3) FROM ${JSON_ROWS}
  WHERE dir.path = entry ->> 0 AND dir.card IS NULL`;

const NEW_ID = `(? + (entry ->> 0)) * ${CLIPS_OF_A_JOB} + (entry ->> 1)`;
const INSERT_CLIPS = `INSERT INTO clip (id, stands, made_good, dir, card, ${CLIP_COLUMNS.join(', ')})
  SELECT ${NEW_ID}, ${NEW_ID}, 0, dir.id, dir.card, ${CLIP_COLUMNS.map((_, at) => `entry ->> ${at + 3}`).join(', ')}
  FROM ${JSON_ROWS} JOIN dir ON dir.path = entry ->> 2`;

/** All attempts at the sources of new clips, of those that have others. */
const ATTEMPTS_AT_KNOWN = `SELECT ${COLUMNS} FROM (
    SELECT DISTINCT dir, name FROM clip AS new NOT INDEXED WHERE id >= ? AND EXISTS (
      SELECT 1 FROM clip AS other WHERE other.dir = new.dir AND other.name = new.name AND other.id <> new.id)
  ) AS known CROSS JOIN clip ON clip.dir = known.dir AND clip.name = known.name`;

/** How far a runner is with a job in running/, which only its status says. */
export interface MadeSoFar {
  /** Clips are made in order. */
  made: number;
  /** Whether a runner at work has begun the next one. The others wait. */
  isBegun: boolean;
  /** When the last one was made, milliseconds. */
  at: number;
}

/** Keeps the clips of jobs, and for each proxy asked for which of the attempts at it says where it stands. */
export class ClipWriter {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** @param first id of the first job of the batch, higher than that of any other job */
  add(first: number, { dirs, clips }: Batch): void {
    this.#db.run(INSERT_DIRS, dirs);
    this.#db.run(LINK_CARDS, dirs);
    for (const part of clips) this.#db.run(INSERT_CLIPS, first, first, part);
    this.#updateStandings(this.#db.rows<StoredClip>(ATTEMPTS_AT_KNOWN, first * CLIPS_OF_A_JOB));
  }

  remove(job: number): void {
    const gone = this.#ofJob(job);
    this.#db.run('DELETE FROM clip WHERE id >= ? AND id < ?', ...spanOf(job));
    this.#updateStandingsOf(gone);
  }

  /** @returns whether any clip stands otherwise now */
  mark(job: number, { made, isBegun, at }: MadeSoFar): boolean {
    const statusOf = (number: number): ClipStatus => {
      if (number < made) return 'COMPLETED';
      return number === made && isBegun ? 'RUNNING' : 'WAITING';
    };
    const changed = this.#ofJob(job).filter(
      ({ id, status }) => status !== STATUS[statusOf(id % CLIPS_OF_A_JOB)],
    );
    if (changed.length === 0) return false;
    this.#db.begin();
    for (const { id } of changed) {
      const status = statusOf(id % CLIPS_OF_A_JOB);
      this.#db.run('UPDATE clip SET status = ?, at = ? WHERE id = ?', STATUS[status], at, id);
    }
    this.#updateStandingsOf(changed);
    return true;
  }

  #ofJob(job: number): StoredClip[] {
    return this.#db.rows(`SELECT ${COLUMNS} FROM clip WHERE id >= ? AND id < ?`, ...spanOf(job));
  }

  #updateStandingsOf(clips: readonly StoredClip[]): void {
    const sources = new Map(clips.map(({ dir, name }) => [`${dir}/${name}`, [dir, name] as const]));
    for (const source of sources.values())
      this.#updateStandings(
        this.#db.rows(`SELECT ${COLUMNS} FROM clip WHERE dir = ? AND name = ?`, ...source),
      );
  }

  /** A proxy of another kind is another proxy, and no attempt at this one. */
  #updateStandings(attempts: readonly StoredClip[]): void {
    const proxies = grouped(attempts, ({ dir, kind, name }) => `${dir}/${kind}/${name}`);
    for (const clips of proxies.values()) {
      const { stands, isMadeGood } = standingOf(clips);
      for (const clip of clips) {
        const madeGood = Number(isMadeGood && clip.id === stands);
        if (clip.stands === stands && clip.made_good === madeGood) continue;
        this.#db.run(
          'UPDATE clip SET stands = ?, made_good = ? WHERE id = ?',
          stands,
          madeGood,
          clip.id,
        );
      }
    }
  }
}

function spanOf(job: number): [from: number, to: number] {
  return [job * CLIPS_OF_A_JOB, (job + 1) * CLIPS_OF_A_JOB];
}
