import type { ClipRow } from '../jobs/clip-row.ts';

/** A clip as the API and the exports give it: these keys, in this order. */
export const API_CLIP_KEYS = [
  'folder',
  'state',
  'job',
  'index',
  'card',
  'source_path',
  'output_path',
  'kind',
  'status',
  'made_good',
  'failure_type',
  'failure_reason',
  'checks_passed',
  'checks_total',
  'warnings',
  'timecode',
  'reel',
  'output_size_bytes',
  'duration_seconds',
  'output_xxh64',
  'pictures',
] as const satisfies readonly (keyof ClipRow)[];

export type ApiClip = Pick<ClipRow, (typeof API_CLIP_KEYS)[number]> & {
  /** When it ended; `null` for one that has not, or whose job runs. */
  ended_at: string | null;
};

/** In the order of the exports. */
export const CLIP_COLUMNS = [...API_CLIP_KEYS, 'ended_at'] as const;

export function apiClip(row: ClipRow): ApiClip {
  const facts = Object.fromEntries(API_CLIP_KEYS.map((key) => [key, row[key]])) as ApiClip;
  // A clip of a job that still runs has no time of its own: what is known is that of the JobSpec's file.
  const isOpen = row.state === 'running' || row.status === 'WAITING' || row.status === 'RUNNING';
  return { ...facts, ended_at: isOpen ? null : instantOf(row.when) };
}

/** As all other times in exports and results. @param milliseconds since 1970 */
function instantOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '+00:00');
}
