import type { ActiveJob, ClipPhase } from './runner-status.ts';

/** What people are told that a worker does with its clip. */
export const PHASE_WORDS: Record<ClipPhase, string> = {
  reading: 'reading the source',
  making: 'encoding',
  comparing: 'verifying against the source',
};

/** Of the clip that is worked on, the part that is made, from 0 to 1; while it is verified nobody counts on. */
export function madeOf({
  frames,
  declared_frames,
  phase,
}: Pick<ActiveJob, 'frames' | 'declared_frames' | 'phase'>): number {
  return phase === 'comparing' ? 1 : Math.min(1, (frames ?? 0) / (declared_frames || Infinity));
}

type Begun = Pick<ActiveJob, 'clip' | 'total_clips' | 'frames' | 'declared_frames' | 'phase'>;

/** Of a job that is worked on, the part that is made, from 0 to 1: each of its clips is the same share. */
export function madeOfJob({ clip, total_clips, ...active }: Begun): number {
  return clip === null || !total_clips ? 0 : (clip - 1 + madeOf(active)) / total_clips;
}

/** What isn't done yet is no more than that, however near. */
const MOST = 0.99;

/** The one rule of how far something is, from 0 to 1: never less than what has ended, and 1 only when all has. @param begun parts of what has not */
export function shareDone(ended: number, total: number, begun: number): number {
  return ended >= total ? 1 : Math.min(MOST, (ended + begun) / total);
}
