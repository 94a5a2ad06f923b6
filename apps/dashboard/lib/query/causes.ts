import { madeOf, type Made } from '../format/outcome-words.ts';
import type { JobOutcome, JobRow } from '../jobs/job-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { RELATIONS } from '../store/relations.ts';
import { IS_MADE, IS_TO_COME } from './attempt-conditions.ts';
import { CLIPS_OF_JOB, failedSourceOf } from './clip-rows.ts';
import { dayOf, spanOfDay } from './days.ts';
import { jobsById } from './job-rows.ts';
import { Remembered } from './remembered.ts';

/** Failures that have their type and their reason in common, but for names and numbers. */
export interface Cause {
  /** The latest of its jobs that left a clip open, and when there is none, of all of them. */
  job: JobRow;
  /** That of the clip that it failed at; `null` when it was none of them. */
  source: string | null;
  jobs: number;
  /** Clips that no proxy is there of, whoever has taken care of it. */
  open: number;
  /** Of these: a job that waits or runs asks for them. */
  retried: number;
  /** When all of their proxies are there: whether they came after the failure, were there before it, or some of them so; otherwise `null`. */
  made: Made | null;
  /** Whether the first of them happened today. */
  isNew: boolean;
}

const DAYS = 14;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Jobs of a cause whose clips are looked at. */
const JOBS_LOOKED_AT = 200;

interface StoredCause {
  id: number;
  cause: string;
  jobs: number;
  first: number;
}

const remembered = new Remembered<Cause[]>();

/** Causes of the last days, the latest first. */
export function latestCauses(index: WatchIndex, limit: number, now: number): Cause[] {
  return remembered.of(index.version, dayOf(now), () => {
    const stored = index.ask<StoredCause & { ended: number }>(
      `SELECT id, cause, count(*) AS jobs, min(ended) AS first, max(ended) AS ended FROM job
       WHERE place IN (SELECT id FROM place WHERE state = 'failed') AND ended > ? AND cause IS NOT NULL
       GROUP BY cause ORDER BY ended DESC LIMIT ?`,
      now - DAYS * DAY_MS,
      limit,
    );
    for (const cause of stored) cause.id = openJobOf(index, cause.cause) ?? cause.id;
    const jobs = jobsById(
      index,
      stored.map(({ id }) => id),
    );
    const today = spanOfDay(dayOf(now)).from;
    return stored.flatMap((cause) => {
      const job = jobs.find(({ id }) => id === cause.id);
      if (job === undefined) return [];
      const clips = clipsOf(index, cause.cause);
      return [
        {
          job,
          source: failedSourceOf(index, job),
          jobs: cause.jobs,
          open: clips.open,
          retried: clips.retried,
          made: madeOf(clips),
          isNew: cause.first >= today,
        },
      ];
    });
  });
}

type CauseClips = Pick<JobOutcome, 'unmade' | 'open' | 'good' | 'since' | 'before' | 'retried'>;

/** The one that somebody is still needed for: rather one that nobody has taken care of. */
function openJobOf(index: WatchIndex, cause: string): number | null {
  const [open] = index.ask<{ id: number }>(
    `SELECT id FROM (SELECT id, ended FROM job WHERE cause = ? ORDER BY id DESC LIMIT ${JOBS_LOOKED_AT}) AS job
     WHERE EXISTS (SELECT 1 FROM clip WHERE ${CLIPS_OF_JOB} AND clip.status < 3 AND NOT ${IS_MADE})
     ORDER BY EXISTS (SELECT 1 FROM clip LEFT JOIN clip AS decider ON decider.id = clip.decider
       WHERE ${CLIPS_OF_JOB} AND clip.status < 3 AND NOT ${IS_MADE} AND NOT ${IS_TO_COME}) DESC, ended DESC LIMIT 1`,
    cause,
  );
  return open?.id ?? null;
}

function clipsOf(index: WatchIndex, cause: string): CauseClips {
  const [counted] = index.ask<CauseClips>(
    `SELECT count(*) AS unmade, count(DISTINCT CASE WHEN NOT ${IS_MADE} THEN coalesce(clip.decider, clip.id) END) AS open,
       count(DISTINCT CASE WHEN NOT ${IS_MADE} AND ${IS_TO_COME} THEN decider.id END) AS retried, total(clip.relation = ${RELATIONS.madeGood}) AS good,
       total(clip.relation IN (${RELATIONS.madeGood}, ${RELATIONS.madeSince})) AS since,
       total(clip.relation = ${RELATIONS.madeBefore}) AS before
     FROM (SELECT id FROM job WHERE cause = ? ORDER BY id DESC LIMIT ${JOBS_LOOKED_AT}) AS job
     JOIN clip ON ${CLIPS_OF_JOB} LEFT JOIN clip AS decider ON decider.id = clip.decider
     WHERE clip.status < 3`,
    cause,
  );
  return counted ?? { unmade: 0, open: 0, good: 0, since: 0, before: 0, retried: 0 };
}
