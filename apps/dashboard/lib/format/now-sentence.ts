import type { ActiveJob } from '@app/jobspec/folder';
import { formatCount, formatDuration } from '../text/quantities.ts';

/**
 * How far a runner is with a job: `Clip 2 of 4, 1,200 of 24,000 frames, 8.3 times real time`.
 * @param still for how many seconds no frame came; `null` while they come
 */
export function nowSentence(
  {
    clip,
    total_clips,
    frames,
    declared_frames,
    speed,
  }: Pick<ActiveJob, 'clip' | 'total_clips' | 'frames' | 'declared_frames' | 'speed'>,
  still: number | null,
): string {
  if (clip === null) return 'Checking the job';
  const parts = [`Clip ${clip} of ${total_clips ?? '?'}`];
  if (frames !== null)
    parts.push(
      declared_frames === null
        ? `${formatCount(frames)} frames`
        : `${formatCount(frames)} of ${formatCount(declared_frames)} frames`,
    );
  if (still !== null) parts.push(`no new frame for ${formatDuration(still)}`);
  else if (speed !== null && speed > 0) parts.push(`${speedWords(speed)} times real time`);
  return parts.join(', ');
}

function speedWords(speed: number): string {
  if (speed < 0.1) return 'less than 0.1';
  return speed.toFixed(speed < 10 ? 1 : 0);
}
