import sql, { type Sql } from 'sql-template-tag';
import type { WatchIndex } from '../live/watch-index.ts';
import { beginningOf, searchOf, type Search } from '../text/search-words.ts';
import { allOf, among } from './condition.ts';
import { CLIPS_OF_JOB } from '../store/schema.ts';
import { VersionedCache } from './versioned-cache.ts';

/** What jobs and what attempts a search finds: SQL on the row `job`, and on the rows `job`, `dir` and `clip`. */
export interface Found {
  job: Sql;
  clip: Sql;
}

const remembered = new VersionedCache<Found>();
/** Finds everything. */
const ALL: Found = { job: allOf([]), clip: allOf([]) };

/**
 * How a search is to be understood: a card that is called so comes before clips that are, and whole numbers before
 * parts of them. The first reading that finds a job counts.
 */
export function readSearch(index: WatchIndex, q: string | null): Found {
  const search = searchOf(q ?? '');
  if (search.parts.length + search.cards.length === 0) return ALL;
  return remembered.of(index.version, q ?? '', () => {
    const readings = readingsOf(index, search);
    return readings.find((found) => findsAny(index, found)) ?? readings.at(-1) ?? ALL;
  });
}

function readingsOf(index: WatchIndex, { parts, cards, names }: Search): Found[] {
  if (cards.length > 0) return [inCards(cardsCalled(index, cards), foundBy(parts))];
  const called = cardsCalled(index, names);
  const byCard = called.length === 0 ? [] : [inCards(called, foundBy(parts))];
  return [...byCard, foundBy(parts), foundBy(parts.map(beginningOf))];
}

function cardsCalled(index: WatchIndex, names: readonly string[]): number[] {
  const called = sql`SELECT id FROM dir WHERE card = id AND name IN ${among(names)}`;
  return index.ask<{ id: number }>(called).map(({ id }) => id);
}

function findsAny(index: WatchIndex, { clip, job }: Found): boolean {
  const isFound = sql`SELECT 1 FROM job WHERE ${job} AND (job.total_clips IS NULL OR job.total_clips = 0 OR EXISTS (
    SELECT 1 FROM clip JOIN dir ON dir.id = clip.dir WHERE ${CLIPS_OF_JOB} AND ${clip})) LIMIT 1`;
  return index.ask(isFound).length > 0;
}

/** Every part stands in what is known of a clip and its job. */
function foundBy(parts: readonly string[]): Found {
  if (parts.length === 0) return ALL;
  const match = parts.map((part) => `"${part.replaceAll('"', '""')}"`).join(' AND ');
  return {
    job: sql`job.id IN (SELECT rowid FROM search WHERE search MATCH ${match})`,
    clip: allOf(parts.map(holds)),
  };
}

function holds(part: string): Sql {
  return sql`instr(clip.text, ${part}) OR instr(dir.text, ${part}) OR instr(job.text, ${part})`;
}

function inCards(cards: readonly number[], { job, clip }: Found): Found {
  const lies = sql`clip.card IN ${among(cards)}`;
  const has = sql`EXISTS (SELECT 1 FROM clip WHERE ${CLIPS_OF_JOB} AND ${lies})`;
  return { job: allOf([job, has]), clip: allOf([clip, lies]) };
}
