import type { ActiveJob } from '@app/jobspec/folder';
import { isAtWork, type RunnerView } from './folder-view.ts';

/** What a runner at work says of a job. @param name of its file */
export function activeJob(runner: RunnerView, name: string): ActiveJob | undefined {
  return isAtWork(runner) ? runner.active.find((job) => job.name === name) : undefined;
}

/** An encoder may look ahead, or write its end, for that long without a word. */
const STILL_SECONDS = 30;

/**
 * For how long an encoder has made no frame of its clip, in seconds by the runner's clock; `null` while it goes on, when it does
 * something else, or when nobody can tell.
 */
export function secondsWithoutFrame(
  { phase, frames_at }: ActiveJob,
  { last_scan_at }: Pick<RunnerView, 'last_scan_at'>,
): number | null {
  if (phase !== 'making') return null;
  const seconds = (Date.parse(last_scan_at ?? '') - Date.parse(frames_at ?? '')) / 1000;
  return seconds >= STILL_SECONDS ? seconds : null;
}
