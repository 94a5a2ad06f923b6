import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { WatchIndex } from '../index/watch-index.ts';
import { CLIPS_OF_JOB, jobOf } from '../index/schema.ts';
import { beginningOf, searchOf, type Search } from '../index/search-words.ts';
import { isCurrentIn } from './clip-states.ts';
import { CAUSE, FILTERS, FILTER_NAMES, type Filter, type FilterValues } from './filters.ts';
import { VersionedCache } from './versioned-cache.ts';

/** SQL conjunction. */
export function allOf(conditions: readonly Sql[]): Sql {
  const each = conditions.map((condition) => sql`(${condition})`);
  return each.length === 0 ? sql`TRUE` : join(each, ' AND ');
}

/** SQL list as one bound value: statements are cached by their text, which must not depend on the length of the list. */
export function among(values: readonly (string | number)[]): Sql {
  return sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`;
}

/**
 * SQL condition for the jobs of a view.
 * @param isWide true if so many jobs match that scanning all in order is quicker than finding them by place and sorting
 */
export function jobsOf(index: WatchIndex, filters: FilterValues, isWide = false): Sql {
  const card = filters.card === null ? [] : [hasClipOf(filters.card)];
  const isJob = sql`${placeOf(isWide)} IN (SELECT id FROM place WHERE state <> 'media')`;
  return allOf([isJob, ...filtersOf(filters, isWide), readSearch(index, filters.q).job, ...card]);
}

/** SQL conditions for the clips of a view. */
export interface ClipCondition {
  /** Condition for the current attempt. @param row its alias */
  current: (row: string) => Sql;
  /** Condition for any attempt at the same proxy, as the rows `job` and `clip`; `null` for none. */
  attempted: Sql | null;
}

export function clipsOf(index: WatchIndex, filters: FilterValues): ClipCondition {
  const { clip_state, card, cause, q } = filters;
  const current = (row: string) =>
    allOf([
      raw(`${row}.stands = ${row}.id`),
      ...(clip_state === null ? [] : [isCurrentIn(clip_state, row)]),
      ...(card === null ? [] : [sql`${raw(row)}.card IN ${idOf(card)}`]),
      ...(cause === null
        ? []
        : [sql`${cause} = (SELECT ${CAUSE} FROM job WHERE job.id = ${jobOf(row)})`]),
    ]);
  const set = filtersOf({ ...filters, clip_state: null, cause: null }, false);
  if (set.length === 0 && q === null) return { current, attempted: null };
  const found = readSearch(index, q);
  return { current, attempted: allOf([...set, found.job, found.clip]) };
}

/** Condition for all clips of a view, scanned card by card. */
export function inAll({ current, attempted }: ClipCondition): Sql {
  if (attempted === null) return current('clip');
  return sql`${current('clip')} AND +clip.id IN (
    SELECT clip.stands FROM job CROSS JOIN clip ON ${CLIPS_OF_JOB} WHERE ${attempted})`;
}

/** Condition `attempted` for a few clips, as the row `one`: checks only their own attempts. */
export function inSome({ attempted }: ClipCondition): Sql {
  if (attempted === null) return allOf([]);
  return sql`EXISTS (SELECT 1 FROM clip JOIN job ON job.id = ${jobOf('clip')}
    WHERE clip.dir = one.dir AND clip.name = one.name AND clip.stands = one.id AND ${attempted})`;
}

function idOf(card: string): Sql {
  return sql`(SELECT id FROM dir WHERE path = rtrim(${card}, '/') || '/' AND card = id)`;
}

function hasClipOf(card: string): Sql {
  return sql`job.id IN (SELECT ${jobOf('clip')} FROM clip WHERE clip.card IN ${idOf(card)})`;
}

/** Conditions of the set filters on jobs. */
function filtersOf(filters: FilterValues, isWide: boolean): Sql[] {
  const place = placeOf(isWide);
  return FILTER_NAMES.flatMap((name) => {
    const [value, filter]: [string | null, Filter] = [filters[name], FILTERS[name]];
    return value === null || filter.matches === undefined ? [] : [filter.matches(value, place)];
  });
}

function placeOf(isWide: boolean): Sql {
  return raw(isWide ? '+job.place' : 'job.place');
}

/** Cache key of a set of filters. */
export function keyOf(filters: FilterValues): string {
  return JSON.stringify(FILTER_NAMES.map((name) => filters[name]));
}

/** Joins the job and place of the row `clip`. */
export const JOIN_JOB = sql`JOIN job ON job.id = ${jobOf('clip')} JOIN place ON place.id = job.place`;

/** SQL conditions of a search: on the row `job`, and on the rows `job` and `clip`. */
interface SearchConditions {
  job: Sql;
  clip: Sql;
}

const remembered = new VersionedCache<SearchConditions>();
const ALL: SearchConditions = { job: allOf([]), clip: allOf([]) };

/** First interpretation of a search with a match: names of cards before names of clips, whole numbers before parts of them. */
function readSearch(index: WatchIndex, q: string | null): SearchConditions {
  const search = searchOf(q ?? '');
  if (search.parts.length + search.cards.length === 0) return ALL;
  return remembered.of(index.version, q ?? '', () => {
    const readings = readingsOf(index, search);
    return readings.find((found) => findsAny(index, found)) ?? readings.at(-1) ?? ALL;
  });
}

function readingsOf(index: WatchIndex, { parts, cards, names }: Search): SearchConditions[] {
  if (cards.length > 0) return [inCards(cardsCalled(index, cards), foundBy(parts))];
  const called = cardsCalled(index, names);
  const byCard = called.length === 0 ? [] : [inCards(called, foundBy(parts))];
  return [...byCard, foundBy(parts), foundBy(parts.map(beginningOf))];
}

function cardsCalled(index: WatchIndex, names: readonly string[]): number[] {
  const called = sql`SELECT id FROM dir WHERE card = id AND name IN ${among(names)}`;
  return index.ask<{ id: number }>(called).map(({ id }) => id);
}

function findsAny(index: WatchIndex, { clip, job }: SearchConditions): boolean {
  const isFound = sql`SELECT 1 FROM job WHERE ${job} AND (job.total_clips IS NULL OR job.total_clips = 0 OR EXISTS (
    SELECT 1 FROM clip WHERE ${CLIPS_OF_JOB} AND ${clip})) LIMIT 1`;
  return index.ask(isFound).length > 0;
}

/** Requires every part to occur in the texts of a clip, its folder and its job. */
function foundBy(parts: readonly string[]): SearchConditions {
  if (parts.length === 0) return ALL;
  const match = parts.map((part) => `"${part.replaceAll('"', '""')}"`).join(' AND ');
  return {
    job: sql`job.id IN (SELECT rowid FROM search WHERE search MATCH ${match})`,
    clip: allOf(parts.map(occursIn)),
  };
}

/** Checks the job's text first, so that the text of most clips needn't be read. */
function occursIn(part: string): Sql {
  return sql`instr(job.text, ${part}) OR instr(clip.text, ${part}) OR instr((SELECT text FROM dir WHERE id = clip.dir), ${part})`;
}

function inCards(cards: readonly number[], { job, clip }: SearchConditions): SearchConditions {
  const lies = sql`clip.card IN ${among(cards)}`;
  const has = sql`EXISTS (SELECT 1 FROM clip WHERE ${CLIPS_OF_JOB} AND ${lies})`;
  return { job: allOf([job, has]), clip: allOf([clip, lies]) };
}
