import sql, { raw, type Sql } from 'sql-template-tag';
import type { LeftOutCause } from '@app/jobspec/inventory';
import { STATUS, type CardSums, type ClipRow, type ClipSums } from '../index/clip-row.ts';
import type { WatchIndex } from '../index/watch-index.ts';
import { CLIPS_OF_JOB, jobOf } from '../index/schema.ts';
import { clipsById } from './clip-rows.ts';
import { SUM_KEYS, SUMS } from './clip-states.ts';
import { allOf, among, clipsOf, inAll, inSome, keyOf, type ClipCondition } from './conditions.ts';
import { startOfLastDays } from './days.ts';
import type { FilterValues } from './filters.ts';
import { DEFAULT_QUERY, type JobQuery } from './job-query.ts';
import { cardSentence, clipsSentence } from '../words/clip-sentences.ts';
import { plural } from '../words/quantities.ts';
import { VersionedCache } from './versioned-cache.ts';

/** Cards of a view. */
export interface Cards {
  /** Counts over all cards. */
  sums: ClipSums;
  /** Number of all cards. */
  count: number;
  /** First cards: those that need attention, then those with the most clips. */
  first: readonly CardSums[];
}

/** Page of clips, by card and then by name. */
export interface ClipPage extends Cards {
  rows: ClipRow[];
}

/** Default limit on cards. */
const SHOWN = 60;
/** No limit, as SQLite takes it. */
export const ALL = -1;
const remembered = new VersionedCache<Cards>(8);

export function selectClips(index: WatchIndex, query: JobQuery): ClipPage {
  // Enough for the page, as each card has at least one clip.
  const cards = cardsOf(index, query, Math.max(SHOWN, query.page * query.pageSize));
  const ids = pageOf(index, clipsOf(index, query), cards.first, query);
  return { ...cards, rows: clipsById(index, ids) };
}

/** Cards of a view. @param most limit, or {@link ALL} */
export function cardsOf(index: WatchIndex, filters: FilterValues, most = SHOWN): Cards {
  const count = () => countCards(index, inAll(clipsOf(index, filters)), most);
  return remembered.of(index.version, `${most} ${keyOf(filters)}`, count);
}

/** Long enough for a weekend. */
export const RECENT_DAYS = 3;

/** Cards with unfinished or recently ended jobs, with the counts of all their clips. */
export function recentCards(index: WatchIndex): Cards {
  const since = startOfLastDays(RECENT_DAYS, Date.now());
  const which = sql`clip.stands = clip.id AND clip.card IN (
    SELECT clip.card FROM job CROSS JOIN clip ON ${CLIPS_OF_JOB} WHERE job.ended >= ${since})`;
  return remembered.of(index.version, `since ${since}`, () => countCards(index, which, SHOWN));
}

/** Card of a view with only one, and the beginning of its heading; `null` otherwise. `isWhole`: the view has all its clips. */
export function onlyCard(index: WatchIndex, { count, first, sums }: Cards) {
  const [card] = first;
  if (count !== 1 || card === undefined) return null;
  const { path } = card;
  const isWhole = cardsOf(index, { ...DEFAULT_QUERY, card: path }).sums.total === sums.total;
  const begins = isWhole ? 'Card' : `${plural(sums.total, 'proxy')} of card`;
  const { isOnRecord, hasPutAside } = card;
  return { path, isWhole, begins, isOnRecord: isWhole && isOnRecord, hasPutAside };
}

/** Sentence with the counts of a view. */
export function viewSentence(index: WatchIndex, cards: Cards): string {
  const [card] = cards.first;
  return card !== undefined && onlyCard(index, cards)?.isWhole === true
    ? cardSentence(card)
    : clipsSentence(cards.sums);
}

/** All clips of a view in its order, in parts. */
export function* clipsInParts(index: WatchIndex, query: JobQuery): Generator<ClipRow[]> {
  const condition = clipsOf(index, query);
  const { first: cards } = cardsOf(index, query, ALL);
  for (let page = 1; ; page += 1) {
    const ids = pageOf(index, condition, cards, { page, pageSize: ROWS_A_PART });
    if (ids.length > 0) yield clipsById(index, ids);
    if (ids.length < ROWS_A_PART) return;
  }
}

const ROWS_A_PART = 500;

type StoredCard = Omit<CardSums, 'isOnRecord' | 'hasPutAside' | 'isOfSeveralKinds' | 'causes'> & {
  kinds: number | null;
  causes: string | null;
  count: number;
};

/** SQL: 1 if a card has proxies of several formats. Not indexed, so only for the cards shown. */
const KINDS = sql`(SELECT min(kind) <> max(kind) FROM clip WHERE clip.card = sums.id AND clip.stands = clip.id)`;
/** SQL for the causes of clips of a card that were not planned. */
const CAUSES = sql`(SELECT group_concat(DISTINCT job.cause) FROM clip JOIN job ON job.id = ${jobOf('clip')}
  WHERE clip.card = sums.id AND clip.stands = clip.id AND clip.status = ${STATUS.NOT_PLANNED})`;

/** Counts in SQLite, as there may be a hundred thousand cards. */
function countCards(index: WatchIndex, which: Sql, most: number): Cards {
  const found = index.ask<StoredCard>(
    sql`WITH sums AS MATERIALIZED (SELECT clip.card AS id, ${SUMS} FROM clip WHERE ${which} GROUP BY clip.card)
      SELECT sums.*, ${KINDS} AS kinds, CASE WHEN not_planned > 0 THEN ${CAUSES} END AS causes FROM (SELECT sums.*, rtrim(dir.path, '/') AS path, 0 AS count FROM sums JOIN dir ON dir.id = sums.id
        ORDER BY failed > 0 DESC, not_made + not_known + not_planned > waiting DESC, total DESC, dir.path LIMIT ${most}) AS sums
      UNION ALL SELECT 0, ${raw(SUM_KEYS.map((key) => `total(${key})`).join(', '))}, '', count(*), 0, '' FROM sums`,
  );
  const all = found.pop();
  const sums = Object.fromEntries(SUM_KEYS.map((key) => [key, all?.[key] ?? 0])) as unknown;
  const first = found.map((card) => cardOf(index, card));
  return { sums: sums as ClipSums, count: all?.count ?? 0, first };
}

function cardOf(index: WatchIndex, { kinds, causes, ...card }: StoredCard): CardSums {
  const isBelow = (medium: string) => `${card.path}/`.startsWith(`${medium}/`);
  const isIn = (which: 'media' | 'mediaWithPutAside') =>
    index.folders.some(({ inventory }) => inventory[which].some(isBelow));
  return {
    ...card,
    isOnRecord: isIn('media'),
    hasPutAside: isIn('mediaWithPutAside'),
    isOfSeveralKinds: kinds === 1,
    causes: (causes?.split(',') ?? []) as LeftOutCause[],
  };
}

const NATURAL = new Intl.Collator('en', { numeric: true });

/** Clip ids of a page, sorted naturally within each card, as in Finder, Resolve and camera reports. */
function pageOf(
  index: WatchIndex,
  condition: ClipCondition,
  cards: readonly CardSums[],
  { page, pageSize }: Pick<JobQuery, 'page' | 'pageSize'>,
): number[] {
  const start = (page - 1) * pageSize;
  const cardIds: number[] = [];
  let [at, before] = [0, 0];
  for (const { id, total } of cards) {
    if (at + total <= start) before = at + total;
    else if (at < start + pageSize) cardIds.push(id);
    at += total;
  }
  const places = new Map(cardIds.map((card, place) => [card, place]));
  const clips = clipsOfCards(index, condition, cardIds).toSorted(
    (a, b) =>
      (places.get(a.card) ?? 0) - (places.get(b.card) ?? 0) ||
      NATURAL.compare(a.path, b.path) ||
      a.id - b.id,
  );
  return clips.slice(start - before, start - before + pageSize).map(({ id }) => id);
}

function clipsOfCards(index: WatchIndex, condition: ClipCondition, cards: readonly number[]) {
  const view = allOf([condition.current('one'), inSome(condition)]);
  return index.ask<{ id: number; card: number; path: string }>(
    sql`SELECT one.id, one.card, (SELECT path FROM dir WHERE id = one.dir) || one.name || char(10) || coalesce(one.kind, '') AS path
      FROM ${among(cards)} AS card CROSS JOIN clip AS one ON one.card = card.value AND one.stands = one.id WHERE ${view}`,
  );
}
