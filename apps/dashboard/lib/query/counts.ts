import sql from 'sql-template-tag';
import { clipProgress, jobProgress, type ActiveJob } from '@app/jobspec/folder';
import type { FolderView } from '../index/folder-view.ts';
import type { WatchIndex } from '../index/watch-index.ts';
import { CLIPS_OF_JOB } from '../index/schema.ts';
import { isCurrentIn } from './clip-states.ts';
import { JOIN_JOB } from './conditions.ts';
import { clipSeconds } from '../words/now-sentence.ts';
import { VersionedCache } from './versioned-cache.ts';

/**
 * Folder in `/api/summary`. `not_known`: jobs whose result can't be read, is missing or is in the wrong folder, counted
 * neither as completed nor as failed. `not_planned`: clips on media that no job requests.
 */
export function summaryOf(index: WatchIndex, folder: FolderView) {
  const { name, runner, problem, counts } = folder;
  const { state, reason, last_scan_at, version, host } = runner;
  const unlisted = unlistedOf(index, name);
  return {
    name,
    runner: { state, reason: problem?.sentence ?? reason, last_scan_at, version, host },
    pending: counts.pending,
    running: counts.running,
    // The listing may lag behind the index.
    completed: Math.max(0, counts.completed - unlisted.completed),
    failed: Math.max(0, counts.failed - unlisted.failed),
    not_known: unlisted.completed + unlisted.failed,
    not_planned: unlisted.not_planned,
  };
}

/** Counts that the listing of a folder doesn't give. */
interface UnlistedCounts {
  completed: number;
  failed: number;
  not_planned: number;
}

const unknown = new VersionedCache<UnlistedCounts>();

function unlistedOf(index: WatchIndex, folder: string): UnlistedCounts {
  return unknown.of(index.version, folder, () => {
    const [row] = index.ask<UnlistedCounts>(
      sql`SELECT total(place.state = 'completed') AS completed, total(place.state = 'failed') AS failed,
         (SELECT total(job.total_clips) FROM job JOIN place ON place.id = job.place WHERE place.state = 'media' AND place.folder = ${folder}) AS not_planned
       FROM job JOIN place ON place.id = job.place WHERE job.problem IS NOT NULL AND place.folder = ${folder}`,
    );
    return row ?? { completed: 0, failed: 0, not_planned: 0 };
  });
}

const failures = new VersionedCache<string[]>(1);

/** Failure types in the index: options of the filter. */
export function failuresHere(index: WatchIndex): string[] {
  return failures.of(index.version, '', () =>
    index
      .ask<{ type: string }>(
        sql`SELECT DISTINCT failure_type AS type FROM job WHERE failure_type IS NOT NULL`,
      )
      .map(({ type }) => type),
  );
}

const paces = new VersionedCache<{ left: number; seconds: number }>();
/** Number of latest clips that the pace is averaged over, and the least for an estimate. */
const PACE = { clips: 20, least: 5 };

/** Clips left in a folder, and seconds per clip: the average of the latest clips, or the estimate for a slower one now running; 0 if unknown. */
function paceOf(index: WatchIndex, { name, runner }: FolderView) {
  return paces.of(index.version, name, () => {
    const [of] = index.ask<{ left: number; pace: number | null; made: number }>(
      sql`SELECT (SELECT count(*) FROM clip ${JOIN_JOB} WHERE ${isCurrentIn('to_come')} AND place.folder = ${name}) AS left,
         avg(duration_seconds) AS pace, count(*) AS made FROM (SELECT clip.duration_seconds FROM job CROSS JOIN place ON place.id = job.place
           CROSS JOIN clip ON ${CLIPS_OF_JOB} WHERE place.folder = ${name} AND place.state = 'completed' AND clip.duration_seconds > 0
           ORDER BY job.ended DESC LIMIT ${PACE.clips})`,
    );
    const { left = 0, pace = 0, made = 0 } = of ?? {};
    const past = made < PACE.least ? 0 : (pace ?? 0);
    const now = runner.active.map((job) => clipSeconds(job, runner));
    return { left, seconds: Math.max(past, ...now) };
  });
}

/** Estimated end of all jobs of a folder, or of one, in Unix milliseconds; `null` if unknown. */
export function finishOf(index: WatchIndex, folder: FolderView, job?: ActiveJob): number | null {
  const { state, active, max_workers } = folder.runner;
  if (state !== 'running') return null;
  const { left, seconds } = paceOf(index, folder);
  const clips = job
    ? (job.total_clips ?? 0) * (1 - jobProgress(job))
    : (left - active.reduce((sum, one) => sum + clipProgress(one), 0)) / (max_workers ?? 1);
  return clips > 0 && seconds > 0 ? Date.now() + clips * seconds * 1000 : null;
}
