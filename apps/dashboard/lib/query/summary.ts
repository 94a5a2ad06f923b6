import sql from 'sql-template-tag';
import type { FolderView } from '../jobs/folder-view.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { VersionedCache } from './versioned-cache.ts';

/** What `/api/summary` says of one folder. `not_known`: a result that can’t be read, isn’t there or lies in the wrong folder counts neither as completed nor as failed. */
export function summaryOf(index: WatchIndex, folder: FolderView) {
  const { name, runner, problem, counts } = folder;
  const { state, reason, last_scan_at, version, host } = runner;
  const unknown = unknownOf(index, name);
  return {
    name,
    runner: { state, reason: problem?.sentence ?? reason, last_scan_at, version, host },
    pending: counts.pending,
    running: counts.running,
    // A listing may be a moment behind the index.
    completed: Math.max(0, counts.completed - unknown.completed),
    failed: Math.max(0, counts.failed - unknown.failed),
    not_known: unknown.completed + unknown.failed,
  };
}

const remembered = new VersionedCache<{ completed: number; failed: number }>();

function unknownOf(index: WatchIndex, folder: string): { completed: number; failed: number } {
  return remembered.of(index.version, folder, () => {
    const [counted] = index.ask<{ completed: number; failed: number }>(
      sql`SELECT total(place.state = 'completed') AS completed, total(place.state = 'failed') AS failed
       FROM job JOIN place ON place.id = job.place WHERE job.problem IS NOT NULL AND place.folder = ${folder}`,
    );
    return counted ?? { completed: 0, failed: 0 };
  });
}
