import { clipProgress, PHASE_WORDS, type ActiveJob } from '@app/jobspec/folder';
import { isAtWork, type RunnerView } from '../index/folder-view.ts';
import { formatCount, formatDuration } from './quantities.ts';

/** Seconds without progress that are normal: an encoder may look ahead or finalize the file. */
const STILL_SECONDS = 30;
/** Least progress of a clip for an estimate: earlier, the time to open its source weighs too much. */
const LEAST_MADE = 0.05;

/** Status of a job that an active runner works on. @param name of its file */
export function activeJob(runner: RunnerView, name: string): ActiveJob | undefined {
  return isAtWork(runner) ? runner.active.find((job) => job.name === name) : undefined;
}

/** Progress of a running job: `Clip 2 of 4: encoding, 1,200 of 24,000 frames, 8.3×, about 4 min 00 s left.` */
export function nowSentence(now: ActiveJob, runner: Pick<RunnerView, 'last_scan_at'>): string {
  const { clip, total_clips, phase } = now;
  if (clip === null) return 'Checking the job.';
  const parts = [PHASE_WORDS[phase], ...(phase === 'making' ? makingOf(now, runner) : [])];
  return `Clip ${clip} of ${total_clips ?? '?'}: ${parts.join(', ')}.`;
}

/** Progress of the encode. Assumes a constant speed; times are by the runner's clock. */
function makingOf(now: ActiveJob, runner: Pick<RunnerView, 'last_scan_at'>): string[] {
  const { frames, declared_frames, speed, frames_at } = now;
  const of = declared_frames === null ? '' : ` of ${formatCount(declared_frames)}`;
  const made = frames === null ? [] : [`${formatCount(frames)}${of} frames`];
  const still = secondsBetween(frames_at, runner.last_scan_at);
  if (still >= STILL_SECONDS) return [...made, `no new frames for ${formatDuration(still)}`];
  const left = clipSeconds(now, runner) * (1 - clipProgress(now));
  return [
    ...made,
    ...(speed ? [`${speed.toFixed(speed < 1 ? 2 : 1)}×`] : []),
    ...(left > 0 ? [`about ${formatDuration(left)} left`] : []),
  ];
}

/** Estimated total seconds for the current clip; 0 if too early to tell. */
export function clipSeconds(now: ActiveJob, runner: Pick<RunnerView, 'last_scan_at'>): number {
  const { phase, clip_started_at, frames_at } = now;
  const made = clipProgress(now);
  const until = phase === 'comparing' ? runner.last_scan_at : frames_at;
  return made < LEAST_MADE ? 0 : Math.max(0, secondsBetween(clip_started_at, until) / made) || 0;
}

function secondsBetween(from: string | null, to: string | null): number {
  return (Date.parse(to ?? '') - Date.parse(from ?? '')) / 1000;
}
