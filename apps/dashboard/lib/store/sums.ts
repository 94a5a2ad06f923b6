import { CLIP_STATUSES, type ClipStatus, type ClipSums } from '../jobs/clip-row.ts';
import type { Database } from './database.ts';

/** As the tables hold it. */
export interface StoredSums {
  through: number;
  failed: number;
  unmade: number;
  unknown: number;
  waiting: number;
}

export const NO_SUMS: StoredSums = { through: 0, failed: 0, unmade: 0, unknown: 0, waiting: 0 };

const of = (status: ClipStatus) => CLIP_STATUSES.indexOf(status);
const [FAILED, COMPLETED, UNKNOWN] = [of('FAILED'), of('COMPLETED'), of('UNKNOWN')];
const OPEN = [of('WAITING'), of('RUNNING')];

/** New clips are the latest of their sources until they are compared with others. */
const NEW_CLIPS = `sum(status = ${COMPLETED}) AS through, sum(status = ${FAILED}) AS failed,
  sum(status NOT IN (${FAILED}, ${COMPLETED}, ${UNKNOWN})) AS unmade, sum(status = ${UNKNOWN}) AS unknown, sum(status IN (${OPEN.join(', ')})) AS waiting
  FROM clip NOT INDEXED WHERE id >= ?`;

/** Counts all clips from an id on in the sums beside folders of sources and places of jobs. */
export function countNewClips(db: Database, from: number): void {
  for (const table of ['dir', 'place'])
    db.run(
      `UPDATE ${table} SET through = ${table}.through + new.through, failed = ${table}.failed + new.failed,
        unmade = ${table}.unmade + new.unmade, unknown = ${table}.unknown + new.unknown, waiting = ${table}.waiting + new.waiting
       FROM (SELECT ${table} AS id, ${NEW_CLIPS} GROUP BY ${table}) AS new WHERE ${table}.id = new.id`,
      from,
    );
}

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
      for (const [id, { through, failed, unmade, unknown, waiting }] of this.#changes[table])
        db.run(
          `UPDATE ${table} SET through = through + ?, failed = failed + ?, unmade = unmade + ?, unknown = unknown + ?, waiting = waiting + ? WHERE id = ?`,
          through,
          failed,
          unmade,
          unknown,
          waiting,
          id,
        );
  }
}

export function addTo(sums: StoredSums, status: number, by: number): void {
  if (status === COMPLETED) sums.through += by;
  else if (status === FAILED) sums.failed += by;
  else if (status === UNKNOWN) sums.unknown += by;
  else sums.unmade += by;
  if (OPEN.includes(status)) sums.waiting += by;
}

export function clipSums({ through, failed, unmade, unknown, waiting }: StoredSums): ClipSums {
  const total = through + failed + unmade + unknown;
  return { total, through, failed, not_made: unmade, not_known: unknown, waiting };
}
