import type { JobState } from '@app/jobspec/folder';
import type { ClipStatus } from '../index/clip-row.ts';
import { isAtWork, type RunnerView } from '../index/folder-view.ts';
import type { JobRow } from '../index/job-row.ts';

/** How people are told where a job or a clip stands: one word for one state, on every page. */
export type Verdict =
  'through' | 'failed' | 'refused' | 'running' | 'interrupted' | 'waiting' | 'unknown';

export const VERDICT_LABELS: Record<Verdict, string> = {
  through: 'Done',
  failed: 'Failed',
  refused: 'Rejected',
  running: 'Running',
  interrupted: 'Interrupted',
  waiting: 'Queued',
  unknown: 'Unknown',
};

export const STATE_LABELS: Record<JobState, string> = {
  pending: 'Queued',
  running: 'Running',
  completed: 'Done',
  failed: 'Failed or rejected',
};

export const CLIP_VERDICTS: Record<ClipStatus, { verdict: Verdict; label: string }> = {
  COMPLETED: { verdict: 'through', label: VERDICT_LABELS.through },
  FAILED: { verdict: 'failed', label: VERDICT_LABELS.failed },
  NOT_MADE: { verdict: 'refused', label: 'Missing' },
  NOT_PLANNED: { verdict: 'refused', label: 'Not planned' },
  RUNNING: { verdict: 'running', label: VERDICT_LABELS.running },
  WAITING: { verdict: 'waiting', label: VERDICT_LABELS.waiting },
  UNKNOWN: { verdict: 'unknown', label: VERDICT_LABELS.unknown },
};

/** @param runner of its folder: nothing runs where none is at work */
export function verdictOf(
  { state, final_status, problem }: Pick<JobRow, 'state' | 'final_status' | 'problem'>,
  runner?: RunnerView,
): Verdict {
  if (state === 'running') return runner && isAtWork(runner) ? 'running' : 'interrupted';
  if (state === 'pending') return 'waiting';
  if (final_status === null || problem !== null) return 'unknown';
  if (final_status === 'COMPLETED') return 'through';
  return final_status === 'PARTIAL' ? 'refused' : 'failed';
}
