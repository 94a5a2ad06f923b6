import { basename } from 'node:path';
import type { ActiveJob } from '@app/jobspec/folder';
import { Progress } from '../logging/print.ts';

/** What is known of a clip that is worked on. */
export type ActiveClip = Pick<
  ActiveJob,
  'source_path' | 'clip' | 'total_clips' | 'phase' | 'frames' | 'declared_frames' | 'speed'
>;

/** Between two looks, in milliseconds. */
const LOOK = 500;

/**
 * Shows on a terminal what is worked on, until it is stopped. Where nobody looks, it does nothing.
 *
 * @returns stops it.
 */
export function showActive(list: () => readonly ActiveClip[]): () => void {
  const progress = new Progress();
  const look = () => {
    const clips = list();
    if (clips.length === 0) progress.end();
    else progress.show(() => clips.map(wordsFor).join(' · '));
  };
  const timer = setInterval(look, LOOK).unref();
  return () => {
    clearInterval(timer);
    progress.end();
  };
}

/** `C0001.MP4 (2 of 7): making, 42 %, 3.1x`. */
function wordsFor(active: ActiveClip): string {
  const { source_path: source, clip, total_clips: total, phase, speed } = active;
  if (source === null) return 'checking a job';
  const place = total !== null && total > 1 ? ` (${clip} of ${total})` : '';
  const { frames, declared_frames: declared } = active;
  const share = frames !== null && declared ? `${Math.floor((100 * frames) / declared)} %` : null;
  const made = share ?? (frames === null ? null : `${frames} frames`);
  const parts = [phase, ...(made === null ? [] : [made]), ...(speed === null ? [] : [`${speed}x`])];
  return `${basename(source)}${place}: ${parts.join(', ')}`;
}
