import type { JobRow } from './job-row.ts';
import type { RunnerView } from './folder-view.ts';

/** How long a runner has worked on a job; `null` when nobody can tell. */
export function secondsRunning(row: Pick<JobRow, 'started_at'>, runner: RunnerView): number | null {
  const startedAt = row.started_at === null ? Number.NaN : Date.parse(row.started_at);
  if (Number.isNaN(startedAt) || runner.state === 'silent') return null;
  return Math.max(0, (Date.now() - startedAt) / 1000 + runner.clock_ahead_seconds);
}
