import { CLIP_STATUSES, type ClipStatus, type ClipSums } from '../jobs/clip-row.ts';
import type { Database } from './database.ts';
import { JSON_ROWS } from './json-rows.ts';

/** As the tables hold it. */
export interface StoredSums {
  through: number;
  failed: number;
  unmade: number;
  unknown: number;
  waiting: number;
}

export const NO_SUMS: StoredSums = { through: 0, failed: 0, unmade: 0, unknown: 0, waiting: 0 };
export const SUM_COLUMNS = ['through', 'failed', 'unmade', 'unknown', 'waiting'] as const;

const of = (status: ClipStatus) => CLIP_STATUSES.indexOf(status);
const [FAILED, COMPLETED, UNKNOWN] = [of('FAILED'), of('COMPLETED'), of('UNKNOWN')];
const OPEN = new Set([of('WAITING'), of('RUNNING')]);

const ADDED = SUM_COLUMNS.map((sum) => `${sum} = ${sum} + excluded.${sum}`).join(', ');

/** Folders that are not known yet, and what their clips add to those that are. */
export const INSERT_DIRS = `INSERT INTO dir (path, ${SUM_COLUMNS.join(', ')})
  SELECT entry ->> 0, ${SUM_COLUMNS.map((_, at) => `entry ->> ${at + 1}`).join(', ')} FROM ${JSON_ROWS} WHERE TRUE
  ON CONFLICT (path) DO UPDATE SET ${ADDED}`;

/** Changes of these sums, written once for many clips. */
export class SumChanges {
  readonly #changes = { dir: new Map<number, StoredSums>(), place: new Map<number, StoredSums>() };

  /** @param by 1 when a clip becomes the latest of its source, -1 when it is so no longer */
  count(clip: { dir: number; place: number; status: number }, by: 1 | -1): void {
    for (const table of ['dir', 'place'] as const) {
      const sums = this.#changes[table].get(clip[table]) ?? {
        ...NO_SUMS,
      };
      this.#changes[table].set(clip[table], sums);
      addTo(sums, clip.status, by);
    }
  }

  write(db: Database): void {
    for (const table of ['dir', 'place'] as const)
      for (const [id, sums] of this.#changes[table]) addSums(db, table, id, sums);
  }
}

export function addSums(db: Database, table: 'dir' | 'place', id: number, sums: StoredSums): void {
  db.run(
    `UPDATE ${table} SET ${SUM_COLUMNS.map((sum) => `${sum} = ${sum} + ?`).join(', ')} WHERE id = ?`,
    ...SUM_COLUMNS.map((sum) => sums[sum]),
    id,
  );
}

export function addTo(sums: StoredSums, status: number, by: number): void {
  if (status === COMPLETED) sums.through += by;
  else if (status === FAILED) sums.failed += by;
  else if (status === UNKNOWN) sums.unknown += by;
  else sums.unmade += by;
  if (OPEN.has(status)) sums.waiting += by;
}

export function clipSums({ through, failed, unmade, unknown, waiting }: StoredSums): ClipSums {
  const total = through + failed + unmade + unknown;
  return { total, through, failed, not_made: unmade, not_known: unknown, waiting, elsewhere: 0 };
}
