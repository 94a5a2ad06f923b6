import type { FolderIndex } from '../index/folder-index.ts';
import type { RunnerState } from '../index/runner-view.ts';

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
export function summaryOf({ name, runner, problem, states }: FolderIndex): FolderSummary {
  const { state, reason, last_scan_at, version, host } = runner;
  return {
    name,
    runner: { state, reason: problem ?? reason, last_scan_at, version, host },
    pending: states.pending.count,
    running: states.running.count,
    completed: states.completed.count,
    failed: states.failed.count,
  };
}
