import type { CauseClips } from '../format/outcome-words.ts';
import type { JobRow } from '../jobs/job-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { IS_MADE, IS_TO_COME, IS_UNCLEAR } from './attempt-conditions.ts';
import { clipsOfCause, JOBS_OF_CAUSE } from './clips-of-cause.ts';
import { CLIPS_OF_JOB, failedSourceOf } from './clip-rows.ts';
import { dayOf, spanOfDay } from './days.ts';
import { jobsById } from './job-rows.ts';
import { lastGoodOf, type LastGood } from './last-good.ts';
import { Remembered } from './remembered.ts';

/** Failures that have their type and their reason in common, but for names and numbers. */
export interface Cause extends CauseClips {
  /** The latest of its jobs. */
  job: JobRow;
  /** Another one that left a clip open, rather one that nobody has taken care of; `null` when that is the latest itself. */
  needed: JobRow | null;
  /** That of the clip that the latest failed at; `null` when it was none of them. */
  source: string | null;
  /** What came through last of the card that this clip lies on. */
  lastGood: LastGood | null;
  jobs: number;
  /** Whether the first of them happened today. */
  isNew: boolean;
}

const DAYS = 14;
const DAY_MS = 24 * 60 * 60 * 1000;

interface StoredCause {
  cause: string;
  jobs: number;
  first: number;
}

const remembered = new Remembered<Cause[]>();

/** Causes of the last days, the latest first. */
export function latestCauses(index: WatchIndex, limit: number, now: number): Cause[] {
  return remembered.of(index.version, dayOf(now), () => {
    const stored = index.ask<StoredCause>(
      `SELECT cause, count(*) AS jobs, min(ended) AS first FROM job
       WHERE place IN (SELECT id FROM place WHERE state = 'failed') AND ended > ? AND cause IS NOT NULL
       GROUP BY cause ORDER BY max(ended) DESC LIMIT ?`,
      now - DAYS * DAY_MS,
      limit,
    );
    const today = spanOfDay(dayOf(now)).from;
    return stored.flatMap((cause) => {
      const newest = newestOf(index, cause.cause);
      const open = openJobOf(index, cause.cause) ?? newest;
      const jobs = jobsById(index, [...new Set([newest, open])]);
      const [job, needed = null] = jobs;
      if (job === undefined) return [];
      const { made, ...clips } = clipsOfCause(index, cause.cause);
      const source = failedSourceOf(index, job);
      return [
        {
          job,
          needed,
          source,
          lastGood: source === null ? null : lastGoodOf(index, source),
          jobs: cause.jobs,
          ...clips,
          made,
          isNew: cause.first >= today,
        },
      ];
    });
  });
}

function newestOf(index: WatchIndex, cause: string): number {
  const [newest] = index.ask<{ id: number }>(
    `SELECT id FROM job WHERE cause = ? AND place IN (SELECT id FROM place WHERE state = 'failed')
     ORDER BY ended DESC, id DESC LIMIT 1`,
    cause,
  );
  return newest?.id ?? -1;
}

/** The one that somebody is still needed for: rather one that nobody has taken care of, and of these the latest. */
function openJobOf(index: WatchIndex, cause: string): number | null {
  const [open] = index.ask<{ id: number }>(
    `SELECT id FROM ${JOBS_OF_CAUSE} AS job
     WHERE EXISTS (SELECT 1 FROM clip WHERE ${CLIPS_OF_JOB} AND clip.status < 3 AND NOT ${IS_MADE})
     ORDER BY EXISTS (SELECT 1 FROM clip LEFT JOIN clip AS decider ON decider.id = clip.decider
       WHERE ${CLIPS_OF_JOB} AND clip.status < 3 AND NOT ${IS_MADE} AND NOT ${IS_TO_COME} AND NOT ${IS_UNCLEAR}) DESC, ended DESC, id DESC LIMIT 1`,
    cause,
  );
  return open?.id ?? null;
}
