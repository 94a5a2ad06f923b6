import { CLIP_STATUSES } from '../jobs/clip-row.ts';
import { RELATIONS } from '../store/relations.ts';

const { madeGood, madeBefore, madeSince } = RELATIONS;

/** SQL of an attempt, the table `clip`, that did not make its proxy: another one did. */
export const IS_MADE = `clip.relation IN (${madeGood}, ${madeBefore}, ${madeSince})`;

const OPEN = ['RUNNING', 'WAITING'] as const;

/** SQL of an attempt whose proxy nobody can tell of: neither by it nor by the attempt that decides in its place, the table `decider`. */
export const IS_UNCLEAR = `coalesce(decider.status, clip.status) = ${CLIP_STATUSES.indexOf('UNKNOWN')}`;

/** SQL of the attempt that decides in its place, the table `decider`: it waits or runs. */
export const IS_TO_COME = `coalesce(decider.status IN (${OPEN.map((status) => CLIP_STATUSES.indexOf(status)).join(', ')}), FALSE)`;
