import { CLIP_STATUSES, type ClipSums } from '../jobs/clip-row.ts';
import type { Database } from './database.ts';

/** As the tables hold it. */
export interface StoredSums {
  through: number;
  failed: number;
  unmade: number;
  waiting: number;
}

const [FAILED, COMPLETED] = [CLIP_STATUSES.indexOf('FAILED'), CLIP_STATUSES.indexOf('COMPLETED')];
const OPEN = new Set([CLIP_STATUSES.indexOf('WAITING'), CLIP_STATUSES.indexOf('RUNNING')]);

/** Changes of the sums that stand beside folders of sources and places of jobs, written once for many clips. */
export class SumChanges {
  readonly #changes = { dir: new Map<number, StoredSums>(), place: new Map<number, StoredSums>() };

  /** @param by 1 when a clip becomes the latest of its source, -1 when it is so no longer */
  count(clip: { dir: number; place: number; status: number }, by: 1 | -1): void {
    for (const table of ['dir', 'place'] as const) {
      const sums = this.#changes[table].get(clip[table]) ?? {
        through: 0,
        failed: 0,
        unmade: 0,
        waiting: 0,
      };
      this.#changes[table].set(clip[table], sums);
      addTo(sums, clip.status, by);
    }
  }

  write(db: Database): void {
    for (const table of ['dir', 'place'] as const) {
      for (const [id, { through, failed, unmade, waiting }] of this.#changes[table])
        db.run(
          `UPDATE ${table} SET through = through + ?, failed = failed + ?, unmade = unmade + ?, waiting = waiting + ? WHERE id = ?`,
          through,
          failed,
          unmade,
          waiting,
          id,
        );
      this.#changes[table].clear();
    }
  }
}

export function addTo(sums: StoredSums, status: number, by: number): void {
  if (status === COMPLETED) sums.through += by;
  else if (status === FAILED) sums.failed += by;
  else sums.unmade += by;
  if (OPEN.has(status)) sums.waiting += by;
}

export function clipSums({ through, failed, unmade, waiting }: StoredSums): ClipSums {
  return { total: through + failed + unmade, through, failed, not_made: unmade, waiting };
}
