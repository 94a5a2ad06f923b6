import sql from 'sql-template-tag';
import { jobNameOf, type JobState } from '@app/jobspec/folder';
import { STATUS } from '../jobs/clip-row.ts';
import type { JobRow } from '../jobs/job-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { among } from './condition.ts';
import { CLIPS_OF_JOB, jobOf } from '../store/schema.ts';

interface Counted {
  id: number;
  missing: number;
  open: number;
  made: number;
  by_folder: string | null;
  by_state: JobState;
  by_base: string;
}

const countedOf = (jobs: readonly number[]) => sql`WITH counted AS (
    SELECT job.id, count(*) AS missing, total(now.status NOT IN (${STATUS.COMPLETED}, ${STATUS.UNKNOWN})) AS open,
      total(now.status = ${STATUS.COMPLETED}) AS made,
      max(CASE WHEN now.status = ${STATUS.COMPLETED} THEN ${jobOf('now')} END) AS by
    FROM ${among(jobs)} AS asked CROSS JOIN job ON job.id = asked.value CROSS JOIN clip ON ${CLIPS_OF_JOB}
    JOIN clip AS now ON now.id = clip.stands WHERE clip.status < ${STATUS.RUNNING} GROUP BY job.id)
  SELECT counted.*, place.folder AS by_folder, place.state AS by_state, job.base AS by_base
  FROM counted LEFT JOIN job ON job.id = counted.by LEFT JOIN place ON place.id = job.place`;

/** Adds to failed jobs what became of the clips that they didn't make. */
export function withOutcomes(index: WatchIndex, rows: JobRow[]): JobRow[] {
  const failed = rows.filter(({ state }) => state === 'failed').map(({ id }) => id);
  if (failed.length === 0) return rows;
  const found = index.ask<Counted>(countedOf(failed));
  const outcomes = new Map(
    found.map(({ id, missing, open, made, by_folder: folder, by_state: state, by_base }) => {
      const by = folder === null ? null : { folder, state, name: jobNameOf(by_base) };
      return [id, { missing, open, isMadeGood: made === missing, by }];
    }),
  );
  return rows.map((row) => ({ ...row, outcome: outcomes.get(row.id) ?? null }));
}
