import type { WatchIndex } from '../live/watch-index.ts';
import { CLIPS_OF_A_JOB, CLIPS_OF_JOB, JOB_OF_CLIP } from '../store/schema.ts';
import { standsAs } from './clip-states.ts';
import { allOf, type Condition } from './condition.ts';
import {
  FILTERS,
  FILTER_NAMES,
  type Filter,
  type FilterName,
  type FilterValues,
} from './filters.ts';
import { readSearch } from './search.ts';

/**
 * Which jobs a view holds.
 * @param isWide whether so many jobs are left that going through them in order is quicker than sorting those of their places
 */
export function jobsOf(index: WatchIndex, filters: FilterValues, isWide = false): Condition {
  const card = filters.card === null ? [] : [hasClipOf(filters.card)];
  return allOf([...setOf(filters, isWide), readSearch(index, filters.q).job, ...card]);
}

/** Which clips a view holds, each as it stands now. */
export interface ClipCondition {
  /** Of those that stand. @param row what SQL calls them */
  stands: (row: string) => Condition;
  /** Of an attempt at them, the rows `job`, `clip` and `dir`; `null` when any will do. */
  tried: Condition | null;
}

export function clipsOf(index: WatchIndex, filters: FilterValues): ClipCondition {
  const { clip_state, card, q } = filters;
  const stands = (row: string) =>
    allOf([
      { sql: `${row}.stands = ${row}.id`, values: [] },
      ...(clip_state === null ? [] : [{ sql: standsAs(clip_state, row), values: [] }]),
      ...(card === null ? [] : [{ sql: `${row}.card IN ${CARD}`, values: [card] }]),
    ]);
  const set = setOf({ ...filters, clip_state: null }, false);
  if (set.length === 0 && q === null) return { stands, tried: null };
  const found = readSearch(index, q);
  return { stands, tried: allOf([...set, found.job, found.clip]) };
}

/** SQL of all clips of a view. */
export function inAll({ stands, tried }: ClipCondition): Condition {
  if (tried === null) return stands('clip');
  const asked = `SELECT clip.stands FROM job CROSS JOIN clip ON ${CLIPS_OF_JOB} JOIN dir ON dir.id = clip.dir WHERE ${tried.sql}`;
  return allOf([stands('clip'), { sql: `clip.id IN (${asked})`, values: tried.values }]);
}

/** The same for who looks at a few clips only, as the row `one`: their attempts are looked at, and no others. */
export function inSome({ tried }: ClipCondition): Condition {
  if (tried === null) return allOf([]);
  const asked = `SELECT 1 FROM clip JOIN job ON job.id = ${JOB_OF_CLIP} JOIN dir ON dir.id = clip.dir
    WHERE clip.dir = one.dir AND clip.name = one.name AND clip.stands = one.id AND ${tried.sql}`;
  return { sql: `EXISTS (${asked})`, values: tried.values };
}

const CARD = "(SELECT id FROM dir WHERE path = rtrim(?, '/') || '/' AND card = id)";

function hasClipOf(card: string): Condition {
  const sql = `job.id IN (SELECT clip.id / ${CLIPS_OF_A_JOB} FROM clip WHERE clip.card IN ${CARD})`;
  return { sql, values: [card] };
}

/** The filters that are set and say which jobs. */
function setOf(filters: FilterValues, isWide: boolean): Condition[] {
  const place = isWide ? '+job.place' : 'job.place';
  return FILTER_NAMES.flatMap((name) => {
    const [value, filter]: [string | null, Filter] = [filters[name], FILTERS[name]];
    return value === null || filter.matches === undefined ? [] : [filter.matches(value, place)];
  });
}

/** Tells one set of filters from another. */
export function keyOf(filters: FilterValues): string {
  return JSON.stringify(FILTER_NAMES.map((name) => filters[name]));
}

/** Whether a view is chosen by nothing but these filters. */
export function isOnlyBy(filters: FilterValues, ...names: FilterName[]): boolean {
  return FILTER_NAMES.every((name) => names.includes(name) || filters[name] === null);
}

/** SQL for the job of the row `clip`. */
export const JOIN_JOB = `JOIN job ON job.id = ${JOB_OF_CLIP} JOIN place ON place.id = job.place`;
