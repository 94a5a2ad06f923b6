import sql from 'sql-template-tag';
import type { FolderView, RunnerState } from '../jobs/folder-view.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { VersionedCache } from './versioned-cache.ts';

export interface FolderSummary {
  name: string;
  runner: {
    state: RunnerState;
    reason: string | null;
    last_scan_at: string | null;
    version: string | null;
    host: string | null;
  };
  pending: number;
  running: number;
  completed: number;
  failed: number;
  /** In completed/ or failed/, and nobody can tell what became of them. */
  not_known: number;
}

/** What `/api/summary` says of one folder. Jobs whose result can't be read count neither as completed nor as failed. */
export function summaryOf(index: WatchIndex, folder: FolderView): FolderSummary {
  const { name, runner, problem, counts } = folder;
  const { state, reason, last_scan_at, version, host } = runner;
  const unclear = unclearOf(index, name);
  return {
    name,
    runner: { state, reason: problem?.sentence ?? reason, last_scan_at, version, host },
    pending: counts.pending,
    running: counts.running,
    // A listing may be a moment behind the index.
    completed: Math.max(0, counts.completed - unclear.completed),
    failed: Math.max(0, counts.failed - unclear.failed),
    not_known: unclear.completed + unclear.failed,
  };
}

const remembered = new VersionedCache<{ completed: number; failed: number }>();

function unclearOf(index: WatchIndex, folder: string): { completed: number; failed: number } {
  return remembered.of(index.version, folder, () => {
    const [counted] = index.ask<{ completed: number; failed: number }>(
      sql`SELECT total(place.state = 'completed') AS completed, total(place.state = 'failed') AS failed
       FROM job JOIN place ON place.id = job.place WHERE job.problem IS NOT NULL AND place.folder = ${folder}`,
    );
    return counted ?? { completed: 0, failed: 0 };
  });
}
