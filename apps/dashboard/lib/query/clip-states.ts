import { raw, type Sql } from 'sql-template-tag';
import { STATE_WORDS } from '@app/jobspec/folder';
import { STATUS, type ClipStatus, type ClipSums } from '../index/clip-row.ts';

/** States of clips in filters and counts, by status. */
const STATES = {
  open: ['FAILED', 'NOT_MADE', 'UNKNOWN', 'NOT_PLANNED'],
  failed: ['FAILED'],
  not_made: ['NOT_MADE'],
  not_known: ['UNKNOWN'],
  not_planned: ['NOT_PLANNED'],
  to_come: ['RUNNING', 'WAITING'],
  through: ['COMPLETED'],
} as const satisfies Record<string, readonly ClipStatus[]>;

export type ClipState = keyof typeof STATES;
export const CLIP_STATES = Object.keys(STATES) as ClipState[];

/** Options of the filter. */
export const CLIP_STATE_LABELS: Record<ClipState, string> = {
  open: 'Needs attention',
  failed: STATE_WORDS.failed,
  not_made: STATE_WORDS.missing,
  not_known: STATE_WORDS.unknown,
  not_planned: STATE_WORDS.notPlanned,
  to_come: `${STATE_WORDS.queued} or ${STATE_WORDS.running.toLowerCase()}`,
  through: STATE_WORDS.done,
};

/** SQL for current attempts in a state. */
export function isCurrentIn(value: string, row = 'clip'): Sql {
  const state = CLIP_STATES.find((candidate) => candidate === value) ?? 'open';
  const statuses = STATES[state].map((status: ClipStatus) => STATUS[status]);
  return raw(`${row}.stands = ${row}.id AND ${row}.status IN (${statuses.join(', ')})`);
}

const sumOf = (...statuses: ClipStatus[]) =>
  `count(*) FILTER (WHERE clip.status IN (${statuses.map((status) => STATUS[status]).join(', ')}))`;

/** SQL columns of {@link ClipSums}. */
export const SUMS =
  raw(`count(*) AS total, ${sumOf('COMPLETED')} AS through, ${sumOf('FAILED')} AS failed,
  ${sumOf('NOT_MADE', 'RUNNING', 'WAITING')} AS not_made, ${sumOf('UNKNOWN')} AS not_known, ${sumOf('NOT_PLANNED')} AS not_planned, ${sumOf('RUNNING', 'WAITING')} AS waiting`);

/** Columns in the order of {@link SUMS}. */
export const SUM_KEYS = [
  'total',
  'through',
  'failed',
  'not_made',
  'not_known',
  'not_planned',
  'waiting',
] as const satisfies readonly (keyof ClipSums)[];
