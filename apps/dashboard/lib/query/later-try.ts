import { jobNameOf, type JobState } from '@app/jobspec/folder';
import { CLIP_STATUSES } from '../jobs/clip-row.ts';
import type { JobRow, OtherJob } from '../jobs/job-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { IS_MADE } from './attempt-conditions.ts';
import { CLIPS_OF_JOB } from './clip-rows.ts';
import { CLIPS_OF_A_JOB } from '../store/schema.ts';

const [FAILED, NOT_MADE] = [CLIP_STATUSES.indexOf('FAILED'), CLIP_STATUSES.indexOf('NOT_MADE')];

/** SQL of the last job after `job` that came as far as clips, failed, and left this `clip` open, too. */
const LATER = `SELECT tried.id FROM clip AS again JOIN job AS tried ON tried.id = again.id / ${CLIPS_OF_A_JOB}
  WHERE again.dir = clip.dir AND again.name = clip.name AND again.status IN (${FAILED}, ${NOT_MADE})
    AND tried.id <> job.id AND tried.kind IS job.kind AND tried.final_status = 'FAILED'
    AND (tried.ended > job.ended OR (tried.ended = job.ended AND tried.id > job.id))
  ORDER BY tried.ended DESC, tried.id DESC LIMIT 1`;

/** A job that failed at clips which an earlier failed job had left open. */
export interface LaterTry {
  /** How many of these clips later jobs failed at, too, or never came to. */
  clips: number;
  /** These jobs, the latest first. */
  jobs: OtherJob[];
}

interface Found {
  clips: number;
  folder: string;
  state: JobState;
  base: string;
}

/** More are not named. */
const NAMED = 20;

/** Whether another job has tried since what a failed one left open: what it says is newer. `null` when none did. */
export function laterTryOf(index: WatchIndex, { id }: Pick<JobRow, 'id'>): LaterTry | null {
  const found = index.ask<Found>(
    `WITH open AS (
       SELECT (${LATER}) AS later
       FROM job JOIN clip ON ${CLIPS_OF_JOB}
       WHERE job.id = ? AND clip.status < 3 AND NOT ${IS_MADE})
     SELECT (SELECT count(later) FROM open) AS clips, place.folder, place.state, job.base
     FROM job JOIN place ON place.id = job.place
     WHERE job.id IN (SELECT later FROM open) ORDER BY job.ended DESC, job.id DESC LIMIT ${NAMED}`,
    id,
  );
  const [first] = found;
  if (first === undefined) return null;
  const jobs = found.map(({ folder, state, base }) => ({ folder, state, name: jobNameOf(base) }));
  return { clips: first.clips, jobs };
}
