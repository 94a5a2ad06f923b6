import type { ActiveJob, ClipPhase } from './runner-status.ts';

/** Words for the phase of a clip. */
export const PHASE_WORDS: Record<ClipPhase, string> = {
  reading: 'reading the source',
  making: 'encoding',
  comparing: 'verifying against the source',
};

/** Progress of the current clip, from 0 to 1. It counts as made while it is verified. */
export function clipShare({
  frames,
  declared_frames,
  phase,
}: Pick<ActiveJob, 'frames' | 'declared_frames' | 'phase'>): number {
  return phase === 'comparing' ? 1 : Math.min(1, (frames ?? 0) / (declared_frames || Infinity));
}

type Begun = Pick<ActiveJob, 'clip' | 'total_clips' | 'frames' | 'declared_frames' | 'phase'>;

/** Progress of a running job, from 0 to 1: each of its clips is the same share. */
export function jobShare({ clip, total_clips, ...active }: Begun): number {
  return clip === null || !total_clips ? 0 : (clip - 1 + clipShare(active)) / total_clips;
}

/** Maximum progress of unfinished work. */
const MAX_UNFINISHED = 0.99;

/**
 * Progress of some work, from 0 to 1: never less than the finished part, and 1 only when all of it is finished.
 *
 * @param begun finished parts of unfinished items
 */
export function fractionDone(ended: number, total: number, begun: number): number {
  return ended >= total ? 1 : Math.min(MAX_UNFINISHED, (ended + begun) / total);
}
