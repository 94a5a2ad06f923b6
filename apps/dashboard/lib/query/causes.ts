import type { JobRow } from '../jobs/job-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { CLIPS_OF_JOB, failedSourceOf } from './clip-rows.ts';
import { dayOf, spanOfDay } from './days.ts';
import { jobsById } from './job-rows.ts';
import { Remembered } from './remembered.ts';

/** Failures that have their type and their reason in common, but for names and numbers. */
export interface Cause {
  /** The latest of its jobs. */
  job: JobRow;
  /** That of the clip that it failed at; `null` when it was none of them. */
  source: string | null;
  jobs: number;
  /** Clips that are where such a job left them: failed, or not made. */
  open: number;
  /** Whether a later attempt brought all of their clips through. */
  isMadeGood: boolean;
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
    const jobs = jobsById(
      index,
      stored.map(({ id }) => id),
    );
    const today = spanOfDay(dayOf(now)).from;
    return stored.flatMap((cause) => {
      const job = jobs.find(({ id }) => id === cause.id);
      if (job === undefined) return [];
      const { clips, open } = clipsOf(index, cause.cause);
      return [
        {
          job,
          source: failedSourceOf(index, job),
          jobs: cause.jobs,
          open,
          isMadeGood: clips > 0 && open === 0,
          isNew: cause.first >= today,
        },
      ];
    });
  });
}

function clipsOf(index: WatchIndex, cause: string): { clips: number; open: number } {
  const [counted] = index.ask<{ clips: number; open: number }>(
    `SELECT count(*) AS clips, total(clip.latest) AS open
     FROM (SELECT id FROM job WHERE cause = ? ORDER BY id DESC LIMIT ${JOBS_LOOKED_AT}) AS job
     JOIN clip ON ${CLIPS_OF_JOB}
     WHERE clip.status < 3`,
    cause,
  );
  return counted ?? { clips: 0, open: 0 };
}
