import sql from 'sql-template-tag';
import { madeOf, madeOfJob, type ActiveJob } from '@app/jobspec/folder';
import type { FolderView } from '../index/folder-view.ts';
import type { WatchIndex } from '../index/watch-index.ts';
import { CLIPS_OF_JOB } from '../index/schema.ts';
import { standsAs } from './clip-states.ts';
import { JOIN_JOB } from './conditions.ts';
import { clipSeconds } from '../words/now-sentence.ts';
import { VersionedCache } from './versioned-cache.ts';

/** What `/api/summary` says of one folder. `not_known`: a result that can’t be read, isn’t there or lies in the wrong folder counts neither as completed nor as failed. `not_planned`: clips on media that no job makes. */
export function summaryOf(index: WatchIndex, folder: FolderView) {
  const { name, runner, problem, counts } = folder;
  const { state, reason, last_scan_at, version, host } = runner;
  const lost = unknownOf(index, name);
  return {
    name,
    runner: { state, reason: problem?.sentence ?? reason, last_scan_at, version, host },
    pending: counts.pending,
    running: counts.running,
    // A listing may be a moment behind the index.
    completed: Math.max(0, counts.completed - lost.completed),
    failed: Math.max(0, counts.failed - lost.failed),
    not_known: lost.completed + lost.failed,
    not_planned: lost.not_planned,
  };
}

/** What the listing of a folder doesn't tell. */
interface Lost {
  completed: number;
  failed: number;
  not_planned: number;
}

const unknown = new VersionedCache<Lost>();

function unknownOf(index: WatchIndex, folder: string): Lost {
  return unknown.of(index.version, folder, () => {
    const [counted] = index.ask<Lost>(
      sql`SELECT total(place.state = 'completed') AS completed, total(place.state = 'failed') AS failed,
         (SELECT total(job.total_clips) FROM job JOIN place ON place.id = job.place WHERE place.state = 'media' AND place.folder = ${folder}) AS not_planned
       FROM job JOIN place ON place.id = job.place WHERE job.problem IS NOT NULL AND place.folder = ${folder}`,
    );
    return counted ?? { completed: 0, failed: 0, not_planned: 0 };
  });
}

const failures = new VersionedCache<string[]>(1);

/** The types of failure that jobs of the index have: readers choose from these. */
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
/** So many clips tell how long the next one takes; of fewer than the least nobody can say. */
const PACE = { clips: 20, least: 5 };

/** How many clips a runner has yet to make, and how long each takes by the last ones: longer, if one takes longer now. 0 when nobody can say. */
function paceOf(index: WatchIndex, { name, runner }: FolderView) {
  return paces.of(index.version, name, () => {
    const [of] = index.ask<{ left: number; pace: number | null; made: number }>(
      sql`SELECT (SELECT count(*) FROM clip ${JOIN_JOB} WHERE ${standsAs('to_come')} AND place.folder = ${name}) AS left,
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

/** When a runner at work will have made all that waits for it, or one of its jobs, in milliseconds; `null` when nobody can say. */
export function finishOf(index: WatchIndex, folder: FolderView, job?: ActiveJob): number | null {
  const { state, active, max_workers } = folder.runner;
  if (state !== 'running') return null;
  const { left, seconds } = paceOf(index, folder);
  const clips = job
    ? (job.total_clips ?? 0) * (1 - madeOfJob(job))
    : (left - active.reduce((sum, one) => sum + madeOf(one), 0)) / (max_workers ?? 1);
  return clips > 0 && seconds > 0 ? Date.now() + clips * seconds * 1000 : null;
}
