import { CLIP_FACTS } from '../jobs/clip-row.ts';
import { matchOf, patternsOf } from '../names/search-words.ts';
import type { Condition } from './condition.ts';

/** Jobs that hold every word in their folder, name or id, or in a path or the reel of one of their clips. */
export function searchCondition(words: readonly string[]): Condition {
  const match = matchOf(words);
  const conditions = [
    ...(match === null
      ? []
      : [{ sql: 'job.id IN (SELECT rowid FROM search WHERE search MATCH ?)', values: [match] }]),
    ...words.flatMap((word) => {
      const patterns = patternsOf(word);
      const list = JSON.stringify(patterns);
      return patterns === null ? [] : [{ sql: HOLDS, values: [list, list] }];
    }),
  ];
  return {
    sql: conditions.map(({ sql }) => sql).join(' AND ') || 'TRUE',
    values: conditions.flatMap(({ values }) => values),
  };
}

const REEL = CLIP_FACTS.indexOf('reel');

const MATCHES = (text: string) =>
  `EXISTS (SELECT 1 FROM json_each(?) WHERE ' ' || lower(${text}) || ' ' GLOB value)`;

/** What full-text search can't ask for exactly: what it found, or every job, is gone through. */
const HOLDS = `(${MATCHES(
  `(SELECT folder FROM place WHERE id = job.place) || char(10) || job.base || '.json' || char(10) || coalesce(job.job_id, '')`,
)} OR EXISTS (
  SELECT 1 FROM clip LEFT JOIN dir ON dir.id = clip.dir LEFT JOIN dir AS output ON output.id = clip.output_dir
  WHERE clip.id >= job.id * 16384 AND clip.id < (job.id + 1) * 16384
  AND ${MATCHES(`coalesce(dir.path, '') || clip.name || char(10) || coalesce(output.path, '') || clip.output_name || char(10) || coalesce(clip.facts ->> ${REEL}, '')`)}))`;
