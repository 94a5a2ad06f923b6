import type { FolderView, RunnerState } from '../jobs/folder-view.ts';

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
}

/** What `/api/summary` says of one folder. */
export function summaryOf({ name, runner, problem, counts }: FolderView): FolderSummary {
  const { state, reason, last_scan_at, version, host } = runner;
  return {
    name,
    runner: { state, reason: problem?.sentence ?? reason, last_scan_at, version, host },
    pending: counts.pending,
    running: counts.running,
    completed: counts.completed,
    failed: counts.failed,
  };
}
