import type { JobRow } from '../jobs/job-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { IS_MADE, IS_TO_COME, IS_UNCLEAR } from './attempt-conditions.ts';
import { CLIPS_OF_JOB } from './clip-rows.ts';

/** Sources of a failed job that a proxy is missing of, and that nobody has asked for once more. */
export interface LeftToMake {
  total: number;
  /** The first of them, in the order of the sources: file names, and whole paths of those whose names are in the job twice. */
  names: string[];
}

const NAMED = 30;

const LEFT = `FROM job JOIN clip ON ${CLIPS_OF_JOB} LEFT JOIN clip AS decider ON decider.id = clip.decider
  WHERE job.id = ? AND clip.status < 3 AND NOT ${IS_MADE} AND NOT ${IS_TO_COME} AND NOT ${IS_UNCLEAR}`;

/** What a retry of a job has to ask for. */
export function leftToMake(index: WatchIndex, { id }: Pick<JobRow, 'id'>): LeftToMake {
  const [counted] = index.ask<{ total: number }>(
    `SELECT count(*) AS total FROM (SELECT DISTINCT clip.dir, clip.name ${LEFT})`,
    id,
  );
  const found = index.ask<{ name: string; dir: string }>(
    `SELECT clip.name, (SELECT path FROM dir WHERE dir.id = clip.dir) AS dir ${LEFT} GROUP BY clip.dir, clip.name ORDER BY min(clip.id) LIMIT ${NAMED}`,
    id,
  );
  const twice = new Set(
    index
      .ask<{ name: string }>(
        `SELECT clip.name FROM job JOIN clip ON ${CLIPS_OF_JOB} WHERE job.id = ?
         GROUP BY clip.name HAVING count(DISTINCT clip.dir) > 1`,
        id,
      )
      .map(({ name }) => name),
  );
  const names = found.map(({ name, dir }) => (twice.has(name) ? dir + name : name));
  return { total: counted?.total ?? 0, names };
}

/** Whether nothing but the place of its source in the job tells a proxy from others: `{index}`, where names of files don't do. */
export function isNumbered(template: unknown, { names }: LeftToMake): boolean {
  const name = String(template);
  const isInTwoFolders = names.some((source) => /[/\\]/u.test(source));
  return name.includes('{index}') && (!name.includes('{source_name}') || isInTwoFolders);
}
