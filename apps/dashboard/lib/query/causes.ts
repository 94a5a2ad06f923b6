import { madeOf, type Made } from '../format/outcome-words.ts';
import type { JobOutcome, JobRow } from '../jobs/job-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { RELATIONS } from '../store/relations.ts';
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
  /** Clips that are where such a job left them: failed, or not made. */
  open: number;
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
          made: madeOf(clips),
          isNew: cause.first >= today,
        },
      ];
    });
  });
}

type CauseClips = Pick<JobOutcome, 'unmade' | 'open' | 'good' | 'since' | 'before'>;

/** The one that somebody is still needed for. */
function openJobOf(index: WatchIndex, cause: string): number | null {
  const [open] = index.ask<{ id: number }>(
    `SELECT id FROM (SELECT id, ended FROM job WHERE cause = ? ORDER BY id DESC LIMIT ${JOBS_LOOKED_AT}) AS job
     WHERE EXISTS (SELECT 1 FROM clip WHERE ${CLIPS_OF_JOB} AND clip.latest = 1 AND clip.status < 3)
     ORDER BY ended DESC LIMIT 1`,
    cause,
  );
  return open?.id ?? null;
}

function clipsOf(index: WatchIndex, cause: string): CauseClips {
  const [counted] = index.ask<CauseClips>(
    `SELECT count(*) AS unmade, total(clip.latest) AS open, total(clip.relation = ${RELATIONS.madeGood}) AS good,
       total(clip.relation IN (${RELATIONS.madeGood}, ${RELATIONS.madeSince})) AS since,
       total(clip.relation = ${RELATIONS.madeBefore}) AS before
     FROM (SELECT id FROM job WHERE cause = ? ORDER BY id DESC LIMIT ${JOBS_LOOKED_AT}) AS job
     JOIN clip ON ${CLIPS_OF_JOB}
     WHERE clip.status < 3`,
    cause,
  );
  return counted ?? { unmade: 0, open: 0, good: 0, since: 0, before: 0 };
}
