import sql from 'sql-template-tag';
import type { FolderView } from '../index/folder-view.ts';
import type { WatchIndex } from '../index/watch-index.ts';
import { CLIPS_OF_JOB } from '../index/schema.ts';
import { standsAs } from './clip-states.ts';
import { JOIN_JOB } from './conditions.ts';
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

const estimates = new VersionedCache<number | null>();
/** So many clips tell how long the next one takes; of fewer than the least nobody can say. */
const PACE = { clips: 20, least: 5 };

/** When a runner at work will have made all that waits for it, in milliseconds, if each clip takes as long as the last ones did. */
export function finishOf(index: WatchIndex, { name, runner }: FolderView): number | null {
  if (runner.state !== 'running') return null;
  return estimates.of(index.version, name, () => {
    const [of] = index.ask<{ left: number; pace: number | null; made: number }>(
      sql`SELECT (SELECT count(*) FROM clip ${JOIN_JOB} WHERE ${standsAs('to_come')} AND place.folder = ${name}) AS left,
         avg(duration_seconds) AS pace, count(*) AS made FROM (SELECT clip.duration_seconds FROM job CROSS JOIN place ON place.id = job.place
           CROSS JOIN clip ON ${CLIPS_OF_JOB} WHERE place.folder = ${name} AND place.state = 'completed' AND clip.duration_seconds > 0
           ORDER BY job.ended DESC LIMIT ${PACE.clips})`,
    );
    if (of === undefined || of.left === 0 || of.pace === null || of.made < PACE.least) return null;
    return Date.now() + (of.left * of.pace * 1000) / (runner.max_workers ?? 1);
  });
}
