import type { ClipRow } from '../jobs/clip-row.ts';

/** A clip as the API and the exports give it: these keys, in this order. */
export const API_CLIP_KEYS = [
  'folder',
  'state',
  'job',
  'index',
  'source_path',
  'output_path',
  'kind',
  'status',
  'latest',
  'made_good',
  'made_before',
  'made_since',
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
  /** The job of the attempt that made it good, before or since, or whose failure it made good: `folder/state/name`. */
  other_job: string | null;
  other_ended_at: string | null;
};

/** In the order of the exports. */
export const CLIP_COLUMNS = [
  ...API_CLIP_KEYS,
  'ended_at',
  'other_job',
  'other_ended_at',
] as const satisfies readonly (keyof ApiClip)[];

export function apiClip(row: ClipRow): ApiClip {
  const facts = Object.fromEntries(API_CLIP_KEYS.map((key) => [key, row[key]])) as ApiClip;
  return { ...facts, ended_at: endOf(row), ...otherOf(row) };
}

function otherOf({ other }: ClipRow) {
  if (other === null) return { other_job: null, other_ended_at: null };
  const { folder, state, name, when } = other;
  return { other_job: `${folder}/${state}/${name}`, other_ended_at: new Date(when).toISOString() };
}

/** A clip of a job that still runs has no time of its own: what is known is that of the JobSpec's file. */
function endOf({ state, status, when }: ClipRow): string | null {
  const isOpen = state === 'running' || status === 'WAITING' || status === 'RUNNING';
  return isOpen ? null : new Date(when).toISOString();
}
