import { STATE_WORDS, type JobState } from '@app/jobspec/folder';
import type { ClipRow, ClipStatus } from '../index/clip-row.ts';
import { isAtWork, type RunnerView } from '../index/folder-view.ts';
import type { JobRow } from '../index/job-row.ts';

/** Displayed state of a job or clip. */
export type Verdict =
  'through' | 'failed' | 'refused' | 'running' | 'interrupted' | 'waiting' | 'unknown';

export const VERDICT_LABELS: Record<Verdict, string> = {
  through: STATE_WORDS.done,
  failed: STATE_WORDS.failed,
  refused: STATE_WORDS.rejected,
  running: STATE_WORDS.running,
  interrupted: STATE_WORDS.interrupted,
  waiting: STATE_WORDS.queued,
  unknown: STATE_WORDS.unknown,
};

export const STATE_LABELS: Record<JobState, string> = {
  pending: STATE_WORDS.queued,
  running: STATE_WORDS.running,
  completed: STATE_WORDS.done,
  failed: `${STATE_WORDS.failed} or ${STATE_WORDS.rejected.toLowerCase()}`,
};

interface ClipVerdict {
  verdict: Verdict;
  label: string;
}

export const CLIP_VERDICTS: Record<ClipStatus, ClipVerdict> = {
  COMPLETED: { verdict: 'through', label: VERDICT_LABELS.through },
  FAILED: { verdict: 'failed', label: VERDICT_LABELS.failed },
  NOT_MADE: { verdict: 'refused', label: STATE_WORDS.missing },
  NOT_PLANNED: { verdict: 'refused', label: STATE_WORDS.notPlanned },
  RUNNING: { verdict: 'running', label: VERDICT_LABELS.running },
  WAITING: { verdict: 'waiting', label: VERDICT_LABELS.waiting },
  UNKNOWN: { verdict: 'unknown', label: VERDICT_LABELS.unknown },
};

/** State of a clip. @param runner of its folder: without an active one, a running job's remaining clips are interrupted */
export function clipVerdict(
  { state, status }: Pick<ClipRow, 'state' | 'status'>,
  runner?: RunnerView,
): ClipVerdict {
  const isInterrupted = state === 'running' && status === 'WAITING' && runner && !isAtWork(runner);
  return isInterrupted
    ? { verdict: 'interrupted', label: VERDICT_LABELS.interrupted }
    : CLIP_VERDICTS[status];
}

/** State of a job. @param runner of its folder: without an active one, a running job is interrupted */
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
