import { grouped, jobNameOf } from '@app/jobspec/folder';
import { proxyStatus, type AttemptState } from '@app/jobspec/ledger';
import type { LeftOutCause } from '@app/jobspec/inventory';
import { CLIP_STATUSES, STATUS, type ClipStatus, type PlaceState } from '../index/clip-row.ts';
import { CLIP_COLUMNS, JOB_COLUMNS, type Batch } from './batch.ts';
import type { Database } from '../index/database.ts';
import { splitPath } from '../index/paths.ts';
import { CLIPS_OF_A_JOB, CLIPS_OF_JOB } from '../index/schema.ts';

/**
 * SQL for the elements of a bound JSON array: `entry`, and its position `at`. The LIMIT keeps SQLite from inlining
 * `json_each.value`, which would serialize the element again for each use of `entry`.
 */
const ROWS = '(SELECT key AS at, value AS entry FROM json_each(?) LIMIT -1 OFFSET 0)';

/** Triggers. Deleting a job deletes its clips and its search text. A changed clip marks its source: the next commit determines the current attempt again. */
const FOLLOW_UP = `
CREATE TEMP TABLE touched (dir INTEGER, name TEXT, PRIMARY KEY (dir, name)) WITHOUT ROWID;
${[
  ['INSERT', 'new'],
  ['DELETE', 'old'],
  ['UPDATE OF status', 'new'],
]
  .map(
    ([event, row], at) =>
      `CREATE TEMP TRIGGER touch_${at} AFTER ${event} ON clip BEGIN INSERT OR IGNORE INTO touched VALUES (${row}.dir, ${row}.name); END;`,
  )
  .join('\n')}
CREATE TEMP TRIGGER gone AFTER DELETE ON job BEGIN
  DELETE FROM clip WHERE id >= old.id * ${CLIPS_OF_A_JOB} AND id < (old.id + 1) * ${CLIPS_OF_A_JOB};
  DELETE FROM search WHERE rowid = old.id;
END;`;

const DELETE_JOBS = 'DELETE FROM job WHERE place = ? AND base IN (SELECT value FROM json_each(?))';
const INSERT_JOBS = `INSERT INTO job (id, place, ${JOB_COLUMNS.join(', ')})
  SELECT ? + at, ?, ${JOB_COLUMNS.map((_, at) => `entry ->> ${at}`).join(', ')} FROM ${ROWS}`;
const INSERT_TEXTS = 'INSERT INTO search (rowid, text) SELECT ? + key, value FROM json_each(?)';
const INSERT_DIRS = `INSERT INTO dir (path, name, text) SELECT entry ->> 0, entry ->> 1, entry ->> 2 FROM ${ROWS} WHERE TRUE ON CONFLICT (path) DO NOTHING`;
const LINK_CARDS = `UPDATE dir SET card = (SELECT card.id FROM dir AS card WHERE card.path = entry ->> 3) FROM ${ROWS}
  WHERE dir.path = entry ->> 0 AND dir.card IS NULL`;
const CLIP_ID = `(? + (entry ->> 0)) * ${CLIPS_OF_A_JOB} + (entry ->> 1)`;
const INSERT_CLIPS = `INSERT INTO clip (id, stands, dir, card, ${CLIP_COLUMNS.join(', ')})
  SELECT ${CLIP_ID}, ${CLIP_ID}, dir.id, dir.card, ${CLIP_COLUMNS.map((_, at) => `entry ->> ${at + 3}`).join(', ')}
  FROM ${ROWS} JOIN dir ON dir.path = entry ->> 2`;
/** Sets the states of the clips of an unfinished job by position: done, then running, then queued. */
const MARK = `UPDATE clip SET status = now.status, at = ? FROM (
    SELECT clip.id, CASE WHEN clip.id % ${CLIPS_OF_A_JOB} < ? THEN ${STATUS.COMPLETED} WHEN clip.id % ${CLIPS_OF_A_JOB} < ? THEN ${STATUS.RUNNING}
      ELSE ${STATUS.WAITING} END AS status
    FROM job JOIN clip ON ${CLIPS_OF_JOB.sql} WHERE job.place = ? AND job.base = ? AND job.final_status IS NULL
  ) AS now WHERE now.id = clip.id AND now.status <> clip.status`;

const STAND_ALONE =
  'UPDATE clip SET stands = id WHERE stands <> id AND (dir, name) IN (SELECT dir, name FROM touched)';
/** Hides missing clips of jobs that a person has put aside. */
const HIDE_DISMISSED = `UPDATE clip SET stands = 0 WHERE status < ${STATUS.RUNNING} AND (dir, name) IN (SELECT dir, name FROM touched)
  AND id / ${CLIPS_OF_A_JOB} IN (SELECT id FROM job WHERE dismissed)`;
const ATTEMPTS = `SELECT clip.id, clip.dir, clip.name, clip.kind, clip.status, clip.at, clip.output_path, job.dismissed, job.cause FROM touched JOIN clip USING (dir, name)
  JOIN job ON job.id = clip.id / ${CLIPS_OF_A_JOB}
  WHERE EXISTS (SELECT 1 FROM clip AS other WHERE other.dir = clip.dir AND other.name = clip.name AND other.id <> clip.id) ORDER BY clip.id`;

/** Selects the paths that no job of a folder requests. */
const UNKNOWN_SOURCES = `SELECT entry ->> 'path' AS path FROM ${ROWS} WHERE NOT EXISTS (SELECT 1 FROM dir JOIN clip ON clip.dir = dir.id AND clip.name = entry ->> 'name'
  JOIN job ON job.id = clip.id / ${CLIPS_OF_A_JOB} JOIN place ON place.id = job.place
  WHERE dir.path = entry ->> 'dir' AND place.folder = ? AND place.state <> 'media')`;

const PATHS_AT_ONCE = 10_000;

interface StoredAttempt {
  id: number;
  dir: number;
  name: string;
  kind: string | null;
  status: number;
  at: number;
  output_path: string;
  dismissed: number;
  cause: string | null;
}

/** Cause of a clip whose proxy was made, and isn't there any more. */
const LOST_PROXY: LeftOutCause = 'made_before';
const STATES: Record<ClipStatus, AttemptState> = {
  FAILED: 'failed',
  NOT_MADE: 'not_begun',
  NOT_PLANNED: 'not_begun',
  UNKNOWN: 'unknown',
  RUNNING: 'running',
  WAITING: 'waiting',
  COMPLETED: 'made',
};

/** State folder, or the media of a watch folder, in the index. */
export interface Place {
  id: number;
  /** Modification time for which its whole listing has been read; `null` before. */
  mtime: number | null;
  /** Number of known jobs. */
  jobs: number;
}

/** Progress of a job in running/, from the runner's status. */
export interface MadeSoFar {
  /** Number of finished clips; clips are made in order. */
  made: number;
  /** True if an active runner has started the next one. */
  isBegun: boolean;
  /** End of the last one, Unix milliseconds. */
  at: number;
}

/** Writer of the index. Readers see changes once they are committed. */
export class IndexWriter {
  /** Number of commits that changed something. */
  revision = 0;
  readonly #db: Database;
  #nextId: number;
  #isChanged = false;

  constructor(db: Database) {
    this.#db = db;
    db.exec(FOLLOW_UP);
    this.#nextId = (db.first<{ id: number }>('SELECT max(id) AS id FROM job')?.id ?? 0) + 1;
  }

  place(folder: string, state: PlaceState): Place {
    this.#db.run('INSERT OR IGNORE INTO place (folder, state) VALUES (?, ?)', folder, state);
    const [found] = this.#db.rows<Place>(
      'SELECT id, mtime, (SELECT count(*) FROM job WHERE place = place.id) AS jobs FROM place WHERE folder = ? AND state = ?',
      folder,
      state,
    );
    return found ?? { id: 0, mtime: null, jobs: 0 };
  }

  /** Records that all of a folder with this modification time has been read. */
  settle(place: number, mtime: number): void {
    this.#db.begin();
    this.#db.run('UPDATE place SET mtime = ? WHERE id = ?', mtime, place);
  }

  /** Known jobs of a place: name to files (one digit) and stamp of the main file. */
  known(place: number): Map<string, string> {
    const found = this.#db.first<{ jobs: string }>(
      'SELECT json_group_array(json_array(base, files || stamp)) AS jobs FROM job WHERE place = ?',
      place,
    );
    return new Map(JSON.parse(found?.jobs ?? '[]') as [string, string][]);
  }

  /** Records which failed jobs of a folder a person has put aside. */
  dismiss(folder: string, isDismissed: (job: string, endedAt: string) => boolean): void {
    const failed = this.#db.rows<{
      id: number;
      base: string;
      completed_at: string;
      dismissed: number;
    }>(
      `SELECT job.id, base, completed_at, dismissed FROM job JOIN place ON place.id = place
       WHERE folder = ? AND state = 'failed' AND completed_at IS NOT NULL`,
      folder,
    );
    for (const { id, base, completed_at, dismissed } of failed) {
      const now = Number(isDismissed(jobNameOf(base), completed_at));
      if (now === dismissed) continue;
      this.#change('UPDATE job SET dismissed = ? WHERE id = ?', now, id);
      const clips = `SELECT dir, name FROM clip WHERE clip.id / ${CLIPS_OF_A_JOB} = ?`;
      this.#change(`INSERT OR IGNORE INTO touched (dir, name) ${clips}`, id);
    }
  }

  /** Names of all jobs of a folder, without extension. */
  jobNames(folder: string): Set<string> {
    const found = this.#db.first<{ names: string }>(
      'SELECT json_group_array(base) AS names FROM job JOIN place ON place.id = place WHERE folder = ? AND state <> ?',
      folder,
      'media',
    );
    return new Set(JSON.parse(found?.names ?? '[]') as string[]);
  }

  /** Paths that no job of the folder requests. */
  unknownSources(folder: string, paths: readonly string[]): Set<string> {
    const unknown = new Set<string>();
    for (let from = 0; from < paths.length; from += PATHS_AT_ONCE) {
      const part = paths.slice(from, from + PATHS_AT_ONCE);
      const sources = JSON.stringify(part.map((path) => Object.assign(splitPath(path), { path })));
      for (const { path } of this.#db.rows<{ path: string }>(UNKNOWN_SOURCES, sources, folder))
        unknown.add(path);
    }
    return unknown;
  }

  /** Inserts jobs, replacing known ones of the same names. */
  put(place: number, batch: Batch): void {
    this.remove(place, batch.bases);
    const first = this.#nextId;
    this.#nextId += batch.bases.length;
    this.#db.run(INSERT_JOBS, first, place, batch.jobs);
    this.#db.run(INSERT_TEXTS, first, batch.texts);
    this.#db.run(INSERT_DIRS, batch.dirs);
    this.#db.run(LINK_CARDS, batch.dirs);
    this.#db.run(INSERT_CLIPS, first, first, batch.clips);
    this.#isChanged = true;
  }

  remove(place: number, bases: readonly string[]): void {
    this.#change(DELETE_JOBS, place, JSON.stringify(bases));
  }

  mark(place: number, base: string, { made, isBegun, at }: MadeSoFar): void {
    this.#change(MARK, at, made, made + Number(isBegun), place, base);
  }

  #change(sql: string, ...values: (string | number)[]): void {
    this.#db.begin();
    if (this.#db.run(sql, ...values) > 0) this.#isChanged = true;
  }

  commit(): void {
    if (this.#isChanged) {
      this.#judge();
      this.revision += 1;
      this.#isChanged = false;
    }
    this.#db.commit();
  }

  /** Determines the current attempt at each changed proxy by the ledger's rule; of several finished ones, the latest. */
  #judge(): void {
    this.#db.run(STAND_ALONE);
    this.#db.run(HIDE_DISMISSED);
    const attempts = this.#db.rows<StoredAttempt>(ATTEMPTS).map((attempt) =>
      Object.assign(attempt, {
        state:
          attempt.cause === LOST_PROXY
            ? 'failed'
            : STATES[CLIP_STATUSES[attempt.status] ?? 'UNKNOWN'],
        output: attempt.output_path === '' ? null : attempt.output_path,
      }),
    );
    this.#db.run('DELETE FROM touched');
    // Each format of a source is a proxy of its own.
    const proxies = grouped(attempts, ({ dir, kind, name }) => `${dir}/${kind}/${name}`);
    for (const tries of proxies.values()) {
      const { missing, made } = proxyStatus(tries);
      const open = missing?.dismissed ? null : missing;
      const stands = (open ?? made.at(-1))?.id ?? 0;
      const others = JSON.stringify(tries.map(({ id }) => id));
      this.#db.run(
        'UPDATE clip SET stands = ? WHERE id IN (SELECT value FROM json_each(?))',
        stands,
        others,
      );
    }
  }
}
