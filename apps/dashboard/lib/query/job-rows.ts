import sql, { raw } from 'sql-template-tag';
import { grouped, JOB_STATES, stemOf, jobNameOf } from '@app/jobspec/folder';
import type { FolderView } from '../index/folder-view.ts';
import { JOB_FACTS, type JobReference, type JobRow } from '../index/job-row.ts';
import type { WatchIndex } from '../index/watch-index.ts';
import { STATUS } from '../index/clip-row.ts';
import { CLIPS_OF_JOB } from '../index/schema.ts';
import { among } from './conditions.ts';

/** Row of {@link JOBS}; `state` and `folder` come from its place. */
type StoredJob = Omit<JobRow, 'name' | 'hasJob' | 'hasResult' | 'when'> & {
  base: string;
  files: number;
  at: number;
};

/** SQL for `clips_open`; no row if the clips are unknown. */
const CLIPS_OPEN = sql`(SELECT total(now.status < ${STATUS.RUNNING}) FROM clip JOIN clip AS now ON now.id = clip.stands
  WHERE ${CLIPS_OF_JOB} AND clip.status < ${STATUS.RUNNING} HAVING count(*) > 0)`;
const JOBS = sql`SELECT job.id, place.folder, place.state, job.base, job.files, job.at, ${raw(JOB_FACTS.map((fact) => `job.${fact}`).join(', '))},
  CASE WHEN job.dismissed THEN 0 WHEN place.state = 'failed' THEN ${CLIPS_OPEN} END AS clips_open
  FROM job JOIN place ON place.id = job.place`;

/** Jobs by id, in this order. */
export function jobsById(index: WatchIndex, ids: readonly number[]): JobRow[] {
  if (ids.length === 0) return [];
  const found = index.ask<StoredJob>(sql`${JOBS} WHERE job.id IN ${among(ids)}`);
  const rows = new Map(found.map((job) => [job.id, rowOf(index, job)]));
  return ids.flatMap((id) => rows.get(id) ?? []);
}

/** Job in a URL, which is only compared with values of the index. */
export function jobReferred(
  index: WatchIndex,
  { folder, state, name }: JobReference,
): JobRow | null {
  if (!JOB_STATES.some((one) => one === state)) return null;
  const [found] = index.ask<StoredJob>(
    sql`${JOBS} WHERE place.folder = ${folder} AND place.state = ${state} AND job.base = ${stemOf(name)}`,
  );
  return found === undefined || jobNameOf(found.base) !== name ? null : rowOf(index, found);
}

/** Jobs of this name in all states, with those numbered by the archive: `x.2.json`. */
export function jobsCalled(index: WatchIndex, folder: string, name: string): JobRow[] {
  const stem = stemOf(name);
  return index
    .ask<StoredJob>(
      sql`${JOBS} WHERE place.folder = ${folder} AND (job.base = ${stem} OR job.base BETWEEN ${`${stem}.`} AND ${`${stem}.:`})`,
    )
    .filter(({ base }) => /^(?:\.\d+)?$/u.test(base.slice(stem.length)))
    .map((job) => rowOf(index, job));
}

/** Jobs in running/ of all folders. */
export function runningJobs(index: WatchIndex, limit: number): JobRow[] {
  const found = index.ask<StoredJob>(
    sql`${JOBS} WHERE place.state = 'running' ORDER BY place.folder, job.base LIMIT ${limit}`,
  );
  return found.map((job) => rowOf(index, job));
}

function rowOf(index: WatchIndex, { base, files, at, ...stored }: StoredJob): JobRow {
  const row: JobRow = {
    ...stored,
    name: jobNameOf(base),
    when: at,
    hasJob: (files & 1) !== 0,
    hasResult: (files & 2) !== 0,
  };
  return row.state === 'running' && row.final_status === null
    ? { ...row, ...progressOf(index.folder(row.folder), row.name) }
    : row;
}

type Progress = Pick<JobRow, 'worker_id' | 'started_at' | 'completed_clips'>;

/**
 * Progress of a running job from the runner's status. Clips are made in order: those before the current one are done, even
 * if the runner has stopped responding.
 */
function progressOf(folder: FolderView | null, name: string): Progress {
  const job = folder?.runner.active.find((candidate) => candidate.name === name);
  return {
    worker_id: job?.worker_id ?? null,
    started_at: job?.started_at ?? null,
    completed_clips: job === undefined ? null : (job.clip ?? 1) - 1,
  };
}

/** Cards of a job. */
export interface JobCards {
  first: string[];
  total: number;
}

const NAMED = 3;

/** Cards by job id; omits jobs without known clips. */
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
