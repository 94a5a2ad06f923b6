import type { FailedClip, MadeClip } from '../clips/index.ts';
import { rationalToNumber } from '@app/engines';

/** One line of what is handed over, as the CSV and the page have it. */
export interface TableRow {
  status: 'made' | 'lost' | 'failed';
  source: string;
  proxy: string;
  reason: string;
  start: string;
  end: string;
  frames: string;
  rate: string;
  reel: string;
  size: string;
  channels: string;
  bytes: string;
  xxh64: string;
  job: string;
  job_id: string;
  completed_at: string;
}

/**
 * @param hash XXH64 of a proxy that is there as it was verified.
 * @param reason why it is not, a sentence.
 */
export function madeRow(clip: MadeClip, hash?: string, reason?: string): TableRow {
  return {
    status: reason === undefined ? 'made' : 'lost',
    source: clip.source,
    proxy: clip.proxy,
    reason: reason ?? '',
    start: clip.start ?? '',
    end: clip.end ?? '',
    frames: String(clip.frames ?? ''),
    rate: clip.rate ? String(Number(rationalToNumber(clip.rate).toFixed(3))) : '',
    reel: clip.reel ?? '',
    size: clip.size ?? '',
    channels: String(clip.channels ?? ''),
    bytes: String(clip.bytes ?? ''),
    xxh64: hash ?? '',
    job: clip.job,
    job_id: clip.jobId,
    completed_at: clip.completedAt,
  };
}

export function failedRow(failed: FailedClip): TableRow {
  const { source, type, reason, notMade, job, jobId } = failed;
  const rest = notMade === 0 ? '' : ` ${notMade} more of this job not begun.`;
  const nothing = { start: '', end: '', frames: '', rate: '', reel: '', size: '', channels: '' };
  return {
    status: 'failed',
    source: source ?? '',
    proxy: '',
    reason: `${type}: ${reason}.${rest}`.replace('..', '.'),
    ...nothing,
    bytes: '',
    xxh64: '',
    job,
    job_id: jobId,
    completed_at: failed.completedAt,
  };
}
