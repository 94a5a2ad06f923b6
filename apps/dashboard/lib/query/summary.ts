import type { FolderView, RunnerState } from '../jobs/folder-view.ts';
import { knownCounts, NO_UNCLEAR, type UnclearCounts } from './unclear-jobs.ts';

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

/** What `/api/summary` says of one folder. @param unclear of its jobs: where they lie says nothing */
export function summaryOf(
  { name, runner, problem, counts }: FolderView,
  unclear: UnclearCounts = NO_UNCLEAR,
): FolderSummary {
  const { state, reason, last_scan_at, version, host } = runner;
  return {
    name,
    runner: { state, reason: problem?.sentence ?? reason, last_scan_at, version, host },
    pending: counts.pending,
    running: counts.running,
    ...knownCounts(counts, unclear),
  };
}
