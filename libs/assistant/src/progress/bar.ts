import { basename } from 'node:path';
import { plural } from '@app/jobspec';
import { PHASE_WORDS, fractionDone, type ActiveJob } from '@app/jobspec/folder';

/** Clip in progress. */
export type ActiveClip = Pick<
  ActiveJob,
  'source_path' | 'clip' | 'total_clips' | 'phase' | 'frames' | 'declared_frames' | 'speed'
>;

/** Progress of some work. */
export interface BarState {
  /** Noun of the counted items: `job`, `clip`. */
  word: string;
  ended: number;
  total: number;
  /** Seconds since the work began; `null` if unknown. */
  seconds: number | null;
  active: readonly ActiveClip[];
  /** Sum of the progress of unfinished items, each from 0 to 1; a clip being encoded counts by its frames. */
  begun: number;
  /** Sentence that says why nothing is started; `null` while something is. */
  paused: string | null;
}

const CELLS = 20;

/** `[#######.............] 4 of 12 clips, 36 %, about 5 min left`. */
export function barOf(bar: BarState): string {
  const full = Math.floor(fractionDone(bar.ended, bar.total, bar.begun) * CELLS);
  return `[${'#'.repeat(full)}${'.'.repeat(CELLS - full)}] ${countOf(bar)}`;
}

/** Bar for a terminal, with the clips in progress. */
export function barLine(bar: BarState): string {
  const { active, paused } = bar;
  return [barOf(bar), ...(paused === null ? active.map(activeWords) : [paused])].join(' · ');
}

/** `4 of 12 clips, 36 %, about 5 min left`. */
export function countOf(bar: BarState): string {
  const left = secondsLeft(bar);
  const parts = [
    `${bar.ended} of ${plural(bar.total, bar.word)}`,
    `${Math.floor(fractionDone(bar.ended, bar.total, bar.begun) * 100)} %`,
    ...(left === null ? [] : [`about ${durationOf(left)} left`]),
  ];
  return parts.join(', ');
}

/** Estimate by the average of the finished items; `null` before the first, at the last, and while nothing is started. */
export function secondsLeft({ ended, total, seconds, paused }: BarState): number | null {
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

/** `C0001.MP4 (2 of 7): encoding, 42 %, 3.1×`. */
export function activeWords(active: ActiveClip): string {
  const { source_path: source, clip, total_clips: total, phase, speed } = active;
  if (source === null) return 'checking a job';
  const place = total !== null && total > 1 ? ` (${clip} of ${total})` : '';
  const { frames, declared_frames: declared } = active;
  const percent = frames !== null && declared ? `${Math.floor((100 * frames) / declared)} %` : null;
  const made = percent ?? (frames === null ? null : `${frames} frames`);
  const parts = [
    PHASE_WORDS[phase],
    ...(made === null ? [] : [made]),
    ...(speed === null ? [] : [`${speed}×`]),
  ];
  return `${basename(source)}${place}: ${parts.join(', ')}`;
}
