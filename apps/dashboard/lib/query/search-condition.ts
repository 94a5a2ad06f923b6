import { lengthOf, matchOf, WORD_LENGTH } from '../names/words.ts';
import type { Condition } from './condition.ts';

/** Jobs that hold every word in their folder, name or id, or in a path of one of their clips. */
export function searchCondition(words: readonly string[]): Condition {
  const match = matchOf(words);
  const short = words.filter((word) => lengthOf(word) < WORD_LENGTH);
  const conditions = [
    ...(match === null
      ? []
      : [{ sql: 'job.id IN (SELECT rowid FROM search WHERE search MATCH ?)', values: [match] }]),
    ...short.map((word) => ({ sql: HOLDS, values: [word, word, word, word, word] })),
  ];
  return {
    sql: conditions.map(({ sql }) => sql).join(' AND ') || 'TRUE',
    values: conditions.flatMap(({ values }) => values),
  };
}

/** One or two characters are too short for full-text search: what it found, or every job, is gone through. */
const HOLDS = `(instr(lower(job.base), ?) OR instr(lower(coalesce(job.job_id, '')), ?) OR EXISTS (
  SELECT 1 FROM clip LEFT JOIN dir ON dir.id = clip.dir WHERE clip.id >= job.id * 16384 AND clip.id < (job.id + 1) * 16384
  AND (instr(lower(clip.name), ?) OR instr(lower(clip.output_name), ?) OR instr(lower(dir.path), ?))))`;
