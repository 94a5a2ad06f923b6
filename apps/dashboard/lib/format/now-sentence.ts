import type { ActiveJob, ClipPhase } from '@app/jobspec/folder';
import { formatCount, formatDuration } from '../text/quantities.ts';

const PHASES: Record<ClipPhase, string> = {
  reading: 'reading the source',
  making: 'making the proxy',
  comparing: 'comparing the proxy with its source',
};

type Now = Pick<
  ActiveJob,
  'clip' | 'total_clips' | 'phase' | 'frames' | 'declared_frames' | 'speed'
>;

/**
 * How far a runner is with a job: `Clip 2 of 4: making the proxy, 1,200 of 24,000 frames, 8.3 times real time.`
 * @param still for how many seconds no frame came; `null` while they come
 */
export function nowSentence(now: Now, still: number | null): string {
  const { clip, total_clips, phase, speed } = now;
  if (clip === null) return 'Checking the job.';
  const parts = [PHASES[phase]];
  if (phase === 'making') parts.push(...framesOf(now));
  if (still !== null) parts.push(`no new frame for ${formatDuration(still)}`);
  else if (phase === 'making' && speed !== null && speed > 0)
    parts.push(`${speed.toFixed(speed < 1 ? 2 : speed < 10 ? 1 : 0)} times real time`);
  return `Clip ${clip} of ${total_clips ?? '?'}: ${parts.join(', ')}.`;
}

function framesOf({ frames, declared_frames }: Now): string[] {
  if (frames === null) return [];
  const of = declared_frames === null ? '' : ` of ${formatCount(declared_frames)}`;
  return [`${formatCount(frames)}${of} frames`];
}

/** How much of a job is made, from 0 to 1. */
export function shareOf({ clip, total_clips, phase, frames, declared_frames }: Now): number {
  if (clip === null || !total_clips) return 0;
  const made =
    phase === 'comparing' ? 1 : Math.min(1, (frames ?? 0) / (declared_frames || Infinity));
  return (clip - 1 + made) / total_clips;
}
