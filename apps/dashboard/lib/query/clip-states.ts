import { CLIP_STATUSES, NO_CLIPS, type ClipSums, type ClipStatus } from '../jobs/clip-row.ts';
import { CLIPS_OF_A_JOB } from '../store/schema.ts';
import { CLIPS_OF_JOB } from './clip-rows.ts';
import type { Condition } from './condition.ts';

/** Where a clip may stand, as its sums are called, and what the index calls it. */
const STATES = {
  failed: ['FAILED'],
  not_made: ['NOT_MADE'],
  not_known: ['UNKNOWN'],
  to_come: ['RUNNING', 'WAITING'],
  through: ['COMPLETED'],
} as const satisfies Record<string, readonly ClipStatus[]>;

type ClipState = keyof typeof STATES;
export const CLIP_STATES = Object.keys(STATES) as ClipState[];

function stateOf(value: string): ClipState {
  return CLIP_STATES.find((state) => state === value) ?? 'failed';
}

/** SQL for the clips that stand there now; other attempts at them don't. */
export function standsAs(value: string): string {
  const statuses = STATES[stateOf(value)].map((status) => CLIP_STATUSES.indexOf(status));
  return `clip.latest = 1 AND clip.status IN (${statuses.join(', ')})`;
}

/** Whether a clip stands there. @param value `null` for anywhere */
export function isInState(
  clip: { latest: boolean; status: number },
  value: string | null,
): boolean {
  if (value === null) return true;
  const statuses: readonly ClipStatus[] = STATES[stateOf(value)];
  return clip.latest && statuses.some((status) => CLIP_STATUSES[clip.status] === status);
}

/** Jobs that have such a clip. Most have one that is through, few any other. Of running jobs only their runner knows what is made. */
export function jobsWithClip(value: string): Condition {
  const sql =
    value === 'through'
      ? `EXISTS (SELECT 1 FROM clip WHERE ${CLIPS_OF_JOB} AND ${standsAs(value)})
         OR job.place IN (SELECT id FROM place WHERE state = 'running')`
      : `job.id IN (SELECT clip.id / ${CLIPS_OF_A_JOB} FROM clip WHERE ${standsAs(value)})`;
  return { sql, values: [] };
}

/** What is left of sums when only clips of one state are looked at. */
export function sumsInState(sums: ClipSums, value: string | null): ClipSums {
  if (value === null) return sums;
  const { through, failed, not_known, waiting } = sums;
  const not_made = sums.not_made - waiting;
  const parts: Record<ClipState, Partial<ClipSums>> = {
    failed: { total: failed, failed },
    not_made: { total: not_made, not_made },
    not_known: { total: not_known, not_known },
    to_come: { total: waiting, not_made: waiting, waiting },
    through: { total: through, through },
  };
  return { ...NO_CLIPS, ...parts[stateOf(value)] };
}
