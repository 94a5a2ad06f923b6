import type { ActiveJob, ClipPhase } from '@app/jobspec/folder';
import { formatCount, formatDuration, formatRough } from '../text/quantities.ts';

const PHASES: Record<ClipPhase, string> = {
  reading: 'reading the source',
  making: 'making the proxy',
  comparing: 'comparing the proxy with its source',
};

/** The share of a clip that tells how long the rest of it takes: before, reading its source counts for too much. */
const LEAST_MADE = 0.05;

/**
 * How far a runner is with a job: `Clip 2 of 4: making the proxy, 1,200 of 24,000 frames, 8.3 times real time, about 4 min left.`
 * @param still for how many seconds no frame came; `null` while they come
 */
export function nowSentence(now: ActiveJob, still: number | null): string {
  const { clip, total_clips, phase, speed } = now;
  if (clip === null) return 'Checking the job.';
  const parts = [PHASES[phase]];
  if (phase === 'making') parts.push(...framesOf(now));
  if (still !== null) parts.push(`no new frame for ${formatDuration(still)}`);
  else if (phase === 'making' && speed !== null && speed > 0)
    parts.push(`${speed.toFixed(speed < 1 ? 2 : speed < 10 ? 1 : 0)} times real time`);
  if (phase === 'making' && still === null) parts.push(...leftOf(now));
  return `Clip ${clip} of ${total_clips ?? '?'}: ${parts.join(', ')}.`;
}

function framesOf({ frames, declared_frames }: ActiveJob): string[] {
  if (frames === null) return [];
  const of = declared_frames === null ? '' : ` of ${formatCount(declared_frames)}`;
  return [`${formatCount(frames)}${of} frames`];
}

/** The frames of a clip that are to come take as long as those that are made. */
function leftOf({ frames, declared_frames, clip_started_at, frames_at }: ActiveJob): string[] {
  const made = (frames ?? 0) / (declared_frames ?? Infinity);
  const seconds = (Date.parse(frames_at ?? '') - Date.parse(clip_started_at ?? '')) / 1000;
  if (!(made >= LEAST_MADE && seconds > 0)) return [];
  return [`${formatRough(Math.max(0, seconds / made - seconds))} left`];
}

/** How much of a job is made, from 0 to 1. */
export function shareOf({ clip, total_clips, phase, frames, declared_frames }: ActiveJob): number {
  if (clip === null || !total_clips) return 0;
  const made =
    phase === 'comparing' ? 1 : Math.min(1, (frames ?? 0) / (declared_frames || Infinity));
  return (clip - 1 + made) / total_clips;
}
