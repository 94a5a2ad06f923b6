import { madeOf, PHASE_WORDS, type ActiveJob } from '@app/jobspec/folder';
import { isAtWork, type RunnerView } from '../index/folder-view.ts';
import { formatCount, formatDuration } from './quantities.ts';

/** An encoder may look ahead, or write its end, for that long without a word. */
const STILL_SECONDS = 30;
/** The share of a clip that tells how long the rest of it takes: before, reading its source counts for too much. */
const LEAST_MADE = 0.05;

/** What a runner at work says of a job. @param name of its file */
export function activeJob(runner: RunnerView, name: string): ActiveJob | undefined {
  return isAtWork(runner) ? runner.active.find((job) => job.name === name) : undefined;
}

/** How far a runner is with a job: `Clip 2 of 4: encoding, 1,200 of 24,000 frames, 8.3×, about 4 min 00 s left.` */
export function nowSentence(now: ActiveJob, runner: Pick<RunnerView, 'last_scan_at'>): string {
  const { clip, total_clips, phase } = now;
  if (clip === null) return 'Checking the job.';
  const parts = [PHASE_WORDS[phase], ...(phase === 'making' ? makingOf(now, runner) : [])];
  return `Clip ${clip} of ${total_clips ?? '?'}: ${parts.join(', ')}.`;
}

/** The frames of a clip that are to come take as long as those that are made. Times are by the runner's clock. */
function makingOf(now: ActiveJob, runner: Pick<RunnerView, 'last_scan_at'>): string[] {
  const { frames, declared_frames, speed, frames_at } = now;
  const of = declared_frames === null ? '' : ` of ${formatCount(declared_frames)}`;
  const made = frames === null ? [] : [`${formatCount(frames)}${of} frames`];
  const still = secondsBetween(frames_at, runner.last_scan_at);
  if (still >= STILL_SECONDS) return [...made, `no new frames for ${formatDuration(still)}`];
  const left = clipSeconds(now, runner) * (1 - madeOf(now));
  return [
    ...made,
    ...(speed ? [`${speed.toFixed(speed < 1 ? 2 : 1)}×`] : []),
    ...(left > 0 ? [`about ${formatDuration(left)} left`] : []),
  ];
}

/** How long a clip that is worked on takes in all, by what it took so far, in seconds; 0 while too little is made to tell. */
export function clipSeconds(now: ActiveJob, runner: Pick<RunnerView, 'last_scan_at'>): number {
  const { phase, clip_started_at, frames_at } = now;
  const made = madeOf(now);
  const until = phase === 'comparing' ? runner.last_scan_at : frames_at;
  return made < LEAST_MADE ? 0 : Math.max(0, secondsBetween(clip_started_at, until) / made) || 0;
}

function secondsBetween(from: string | null, to: string | null): number {
  return (Date.parse(to ?? '') - Date.parse(from ?? '')) / 1000;
}
