import sql from 'sql-template-tag';
import type { JobRow } from '../jobs/job-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { CLIPS_OF_JOB } from '../store/schema.ts';
import { among } from './condition.ts';
import { grouped } from '../text/grouped.ts';

/** The cards that a job's clips lie on. */
export interface JobCards {
  first: string[];
  total: number;
}

const NAMED = 3;

/** By the ids of the jobs; left out where no clip is known. */
export function jobCards(
  index: WatchIndex,
  rows: readonly Pick<JobRow, 'id'>[],
): Map<number, JobCards> {
  const found = index.ask<{ id: number; path: string }>(
    sql`SELECT DISTINCT job.id, rtrim(dir.path, '/') AS path FROM ${among(rows.map(({ id }) => id))} AS asked CROSS JOIN job ON job.id = asked.value
      CROSS JOIN clip ON ${CLIPS_OF_JOB} JOIN dir ON dir.id = clip.card ORDER BY job.id, dir.path`,
  );
  const cards = grouped(found, ({ id }) => id);
  return new Map(
    Array.from(cards, ([id, of]) => [
      id,
      { first: of.slice(0, NAMED).map(({ path }) => path), total: of.length },
    ]),
  );
}
