import { CLIP_FACTS } from '../jobs/clip-row.ts';
import { goneThrough, matchOf, wholeWord } from '../names/search-words.ts';
import { IS_GENERATED, shortPatterns } from '../names/short-words.ts';
import { CLIPS_OF_JOB } from './clip-rows.ts';
import type { Condition } from './condition.ts';

/** Jobs that hold every word in their folder, name or id, or in a path or the reel of one of their clips. */
export function searchCondition(words: readonly string[]): Condition {
  const match = matchOf(words);
  const conditions = words.flatMap((word) => {
    const { literal, patterns } = goneThrough(word);
    if (literal === null) return besideIds(word);
    // Every job is gone through where nothing narrows them: only for what is quick to tell, which is a little more than is asked for.
    return match === null
      ? [{ sql: HOLDS, values: [...(Array(5).fill(literal) as string[]), wholeWord(literal)] }]
      : [{ sql: matches(patterns.length), values: [...patterns, ...patterns] }];
  });
  if (match !== null)
    conditions.unshift({
      sql: 'job.id IN (SELECT rowid FROM search WHERE search MATCH ?)',
      values: [match],
    });
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join(' AND ') || 'TRUE',
    values: conditions.flatMap(({ values }) => values),
  };
}

/** A short word that full-text search found in an id of hex digits has to be found elsewhere, too. */
function besideIds(word: string): Condition[] {
  const short = shortPatterns(word);
  if (short === null) return [];
  const { within, beside } = short;
  const isWithin = Array(within.length).fill('lower(job.job_id) GLOB ?').join(' OR ');
  return [
    {
      sql: `NOT coalesce(${IS_GENERATED} AND (${isWithin}), FALSE) OR ${matches(beside.length)}`,
      values: [...within, ...beside, ...beside],
    },
  ];
}

/** What short words are looked for in: an id of hex digits has any of them. */
const ID = `CASE WHEN ${IS_GENERATED} THEN '' ELSE coalesce(job.job_id, '') END`;

/** A reel is found as a whole only: to look for a part of it would take every clip apart. */
const HOLDS = `(instr(lower(job.base), ?) OR instr(lower(${ID}), ?) OR EXISTS (
  SELECT 1 FROM clip LEFT JOIN dir ON dir.id = clip.dir WHERE ${CLIPS_OF_JOB}
  AND (instr(lower(clip.name), ?) OR instr(lower(clip.output_name), ?) OR instr(lower(dir.path), ?)))
  OR job.id IN (SELECT rowid FROM search WHERE search MATCH ?))`;

const REEL = CLIP_FACTS.indexOf('reel');

const JOB_TEXT = `' ' || lower((SELECT folder FROM place WHERE id = job.place) || char(10) || job.base || '.json' || char(10) ||
  ${ID}) || ' '`;
const CLIP_TEXT = `' ' || lower(coalesce(dir.path, '') || clip.name || char(10) || coalesce(output.path, '') || clip.output_name ||
  char(10) || coalesce(clip.facts ->> ${REEL}, '')) || ' '`;

/** Of what full-text search found. */
function matches(patterns: number): string {
  const one = Array(patterns).fill('text GLOB ?').join(' OR ');
  // With a limit a text is put together once, and not for each pattern.
  return `(EXISTS (SELECT 1 FROM (SELECT ${JOB_TEXT} AS text LIMIT 1) WHERE ${one}) OR EXISTS (SELECT 1 FROM (
    SELECT ${CLIP_TEXT} AS text FROM clip LEFT JOIN dir ON dir.id = clip.dir LEFT JOIN dir AS output ON output.id = clip.output_dir
    WHERE ${CLIPS_OF_JOB} LIMIT -1) WHERE ${one}))`;
}
