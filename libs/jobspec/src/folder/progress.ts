import type { ActiveJob, ClipPhase } from './runner-status.ts';

/** Words for the phase of a clip. */
export const PHASE_WORDS: Record<ClipPhase, string> = {
  reading: 'reading the source',
  making: 'encoding',
  comparing: 'verifying against the source',
};

/** Progress of the current clip, from 0 to 1. A clip being verified counts as fully encoded. */
export function clipProgress({
  frames,
  declared_frames,
  phase,
}: Pick<ActiveJob, 'frames' | 'declared_frames' | 'phase'>): number {
  return phase === 'comparing' ? 1 : Math.min(1, (frames ?? 0) / (declared_frames || Infinity));
}

type Begun = Pick<ActiveJob, 'clip' | 'total_clips' | 'frames' | 'declared_frames' | 'phase'>;

/** Progress of a running job, from 0 to 1; every clip counts the same. */
export function jobProgress({ clip, total_clips, ...active }: Begun): number {
  return clip === null || !total_clips ? 0 : (clip - 1 + clipProgress(active)) / total_clips;
}

/** Maximum progress of unfinished work. */
const MAX_UNFINISHED = 0.99;

/**
 * Progress of some work, from 0 to 1: capped at 0.99 until everything is finished.
 *
 * @param begun sum of the progress of unfinished items
 */
export function fractionDone(ended: number, total: number, begun: number): number {
  return ended >= total ? 1 : Math.min(MAX_UNFINISHED, (ended + begun) / total);
}
