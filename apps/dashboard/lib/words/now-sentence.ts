import type { ActiveJob, ClipPhase } from '@app/jobspec/folder';
import { isAtWork, type RunnerView } from '../index/folder-view.ts';
import { formatCount, formatDuration } from './quantities.ts';

const PHASES: Record<ClipPhase, string> = {
  reading: 'reading the source',
  making: 'encoding',
  comparing: 'verifying against the source',
};

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
  const parts = [PHASES[phase], ...(phase === 'making' ? makingOf(now, runner) : [])];
  return `Clip ${clip} of ${total_clips ?? '?'}: ${parts.join(', ')}.`;
}

/** The frames of a clip that are to come take as long as those that are made. Times are by the runner's clock. */
function makingOf(now: ActiveJob, { last_scan_at }: Pick<RunnerView, 'last_scan_at'>): string[] {
  const { frames, declared_frames, speed, frames_at, clip_started_at } = now;
  const of = declared_frames === null ? '' : ` of ${formatCount(declared_frames)}`;
  const made = frames === null ? [] : [`${formatCount(frames)}${of} frames`];
  const still = secondsBetween(frames_at, last_scan_at);
  if (still >= STILL_SECONDS) return [...made, `no new frames for ${formatDuration(still)}`];
  const share = (frames ?? 0) / (declared_frames ?? Infinity);
  const left = secondsBetween(clip_started_at, frames_at) * (1 / share - 1);
  return [
    ...made,
    ...(speed ? [`${speed.toFixed(speed < 1 ? 2 : 1)}×`] : []),
    ...(share >= LEAST_MADE && left > 0 ? [`about ${formatDuration(left)} left`] : []),
  ];
}

function secondsBetween(from: string | null, to: string | null): number {
  return (Date.parse(to ?? '') - Date.parse(from ?? '')) / 1000;
}

/** How much of a job is made, from 0 to 1. */
export function shareOf({ clip, total_clips, phase, frames, declared_frames }: ActiveJob): number {
  if (clip === null || !total_clips) return 0;
  const made =
    phase === 'comparing' ? 1 : Math.min(1, (frames ?? 0) / (declared_frames || Infinity));
  return (clip - 1 + made) / total_clips;
}
