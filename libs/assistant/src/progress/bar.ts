import { basename } from 'node:path';
import { counted } from '@app/jobspec';
import type { ActiveJob } from '@app/jobspec/folder';

/** Clip that is being worked on. */
export type ActiveClip = Pick<
  ActiveJob,
  'source_path' | 'clip' | 'total_clips' | 'phase' | 'frames' | 'declared_frames' | 'speed'
>;

/** Progress of some work. */
export interface HowFar {
  /** Counted unit: `job`, `clip`. */
  word: string;
  ended: number;
  total: number;
  /** How long it took until so many had ended, in seconds; `null` where nobody knows. */
  seconds: number | null;
  active: readonly ActiveClip[];
  /** Sentence on why nothing is started; `null` while work goes on. */
  paused: string | null;
}

const CELLS = 20;

/** `[#######.............] 4 of 12 clips, 36 %, about 5 min left`. */
export function barOf(far: HowFar): string {
  const full = Math.floor(shareOf(far) * CELLS);
  return `[${'#'.repeat(full)}${'.'.repeat(CELLS - full)}] ${countOf(far)}`;
}

/** Returns the bar for a terminal, with the active clips. */
export function barLine(far: HowFar): string {
  const { active, paused } = far;
  return [barOf(far), ...(paused === null ? active.map(activeWords) : [paused])].join(' · ');
}

/** `4 of 12 clips, 36 %, about 5 min left`. */
export function countOf(far: HowFar): string {
  const left = secondsLeft(far);
  const parts = [
    `${far.ended} of ${counted(far.total, far.word)}`,
    `${Math.floor(shareOf(far) * 100)} %`,
    ...(left === null ? [] : [`about ${durationOf(left)} left`]),
  ];
  return parts.join(', ');
}

/** From 0 to 1; a clip that is being made counts by its frames. */
function shareOf({ ended, total, active }: HowFar): number {
  const begun = active.reduce(
    (sum, one) => sum + madeOf(one) / Math.max(1, one.total_clips ?? 1),
    0,
  );
  return total === 0 ? 1 : Math.min(1, (ended + Math.min(begun, total - ended)) / total);
}

/** Of the clip that is being made, the part that is made; while it is compared nobody counts on. */
function madeOf({ frames, declared_frames: declared, phase }: ActiveClip): number {
  if (phase === 'comparing') return 1;
  return declared ? Math.min(1, (frames ?? 0) / declared) : 0;
}

/** As long as each took that has ended; `null` before the first, at the last, and while nothing is begun. */
export function secondsLeft({ ended, total, seconds, paused }: HowFar): number | null {
  if (seconds === null || ended === 0 || ended >= total || paused !== null) return null;
  return (seconds / ended) * (total - ended);
}

/** `45 s`, `12 min`, `3 h 20 min`. */
export function durationOf(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${minutes} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** `C0001.MP4 (2 of 7): making, 42 %, 3.1x`. */
export function activeWords(active: ActiveClip): string {
  const { source_path: source, clip, total_clips: total, phase, speed } = active;
  if (source === null) return 'checking a job';
  const place = total !== null && total > 1 ? ` (${clip} of ${total})` : '';
  const { frames, declared_frames: declared } = active;
  const share = frames !== null && declared ? `${Math.floor((100 * frames) / declared)} %` : null;
  const made = share ?? (frames === null ? null : `${frames} frames`);
  const parts = [phase, ...(made === null ? [] : [made]), ...(speed === null ? [] : [`${speed}x`])];
  return `${basename(source)}${place}: ${parts.join(', ')}`;
}
