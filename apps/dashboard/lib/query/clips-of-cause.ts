import { madeOf, type CauseClips } from '../format/outcome-words.ts';
import type { JobOutcome } from '../jobs/job-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { RELATIONS } from '../store/relations.ts';
import { CLIPS_OF_A_JOB } from '../store/schema.ts';
import { IS_MADE, IS_TO_COME, IS_UNCLEAR } from './attempt-conditions.ts';
import { CLIPS_OF_JOB } from './clip-rows.ts';
import { jobsAtWork } from './clips-at-work.ts';

/** Jobs of a cause whose clips are looked at. */
const JOBS_LOOKED_AT = 200;

/** The latest jobs of a cause. */
export const JOBS_OF_CAUSE = `(SELECT id, ended FROM job WHERE cause = ? ORDER BY ended DESC, id DESC LIMIT ${JOBS_LOOKED_AT})`;

type Counted = Pick<JobOutcome, 'unmade' | 'open' | 'unclear' | 'good' | 'since' | 'before'> &
  Pick<CauseClips, 'elsewhere'>;

const NOTHING: CauseClips = {
  latest: null,
  open: 0,
  elsewhere: 0,
  unclear: 0,
  retried: 0,
  left: 0,
  made: null,
};

const CLIPS = `FROM ${JOBS_OF_CAUSE} AS job
  JOIN clip ON ${CLIPS_OF_JOB} LEFT JOIN clip AS decider ON decider.id = clip.decider
  WHERE clip.status < 3`;

const PROXY = 'coalesce(clip.decider, clip.id)';

/** The attempt that says where a proxy stands failed for another cause, and counts there. */
const IS_ELSEWHERE = `(decider.id IS NOT NULL AND NOT ${IS_TO_COME}
  AND (SELECT cause FROM job WHERE job.id = decider.id / ${CLIPS_OF_A_JOB}) IS NOT ?)`;

/** Each proxy counts once, however often it was tried. */
export function clipsOfCause(index: WatchIndex, cause: string): CauseClips {
  const [counted] = index.ask<Counted>(
    `SELECT count(*) AS unmade, count(DISTINCT CASE WHEN NOT ${IS_MADE} AND NOT ${IS_UNCLEAR} AND NOT ${IS_ELSEWHERE} THEN ${PROXY} END) AS open,
       count(DISTINCT CASE WHEN NOT ${IS_MADE} AND NOT ${IS_UNCLEAR} AND ${IS_ELSEWHERE} THEN ${PROXY} END) AS elsewhere,
       count(DISTINCT CASE WHEN NOT ${IS_MADE} AND ${IS_UNCLEAR} THEN ${PROXY} END) AS unclear,
       total(clip.relation = ${RELATIONS.madeGood}) AS good,
       total(clip.relation IN (${RELATIONS.madeGood}, ${RELATIONS.madeSince})) AS since,
       total(clip.relation = ${RELATIONS.madeBefore}) AS before ${CLIPS}`,
    cause,
    cause,
    cause,
  );
  if (counted === undefined) return NOTHING;
  const { open, elsewhere, unclear } = counted;
  const [beyond] = index.ask<{ id: number }>(
    `SELECT id FROM job WHERE cause = ? LIMIT 1 OFFSET ${JOBS_LOOKED_AT}`,
    cause,
  );
  return {
    latest: beyond === undefined ? null : JOBS_LOOKED_AT,
    open,
    elsewhere,
    unclear,
    ...retriesOf(index, cause),
    made: madeOf(counted),
  };
}

/** Which of them other jobs ask for. */
function retriesOf(index: WatchIndex, cause: string): Pick<CauseClips, 'retried' | 'left'> {
  const retries = index.ask<{ job: number; clips: number }>(
    `SELECT decider.id / ${CLIPS_OF_A_JOB} AS job, count(DISTINCT decider.id) AS clips ${CLIPS}
     AND NOT ${IS_MADE} AND ${IS_TO_COME} GROUP BY 1`,
    cause,
  );
  const running = jobsAtWork(index);
  const counts = { retried: 0, left: 0 };
  for (const { job, clips } of retries)
    counts[running.get(job)?.isAtWork === false ? 'left' : 'retried'] += clips;
  return counts;
}
