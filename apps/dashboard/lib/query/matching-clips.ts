import { searchForm, type JobRow } from '../index/job-row.ts';
import { clipPathsOf } from './open-job.ts';

export interface MatchingClip {
  /** From 1, as the sources are ordered. */
  number: number;
  source: string;
  output: string;
  /** What became of this clip; `unknown` where nobody can tell, because a runner fell silent or a result can't be read. */
  fate: 'made' | 'being made' | 'waiting' | 'failed' | 'not made' | 'unknown';
}

export interface MatchingClips {
  total: number;
  first: MatchingClip[];
}

/** The clips of a job that a search found, so that it answers whether a clip is done and not only which job has it. */
export function matchingClips(row: JobRow, q: string, limit: number): MatchingClips {
  const wanted = searchForm(q);
  const found = clipPathsOf(row)
    .map(({ source, output }, index) => ({
      source,
      output,
      number: index + 1,
      fate: fateOf(row, index, output !== ''),
    }))
    .filter(({ source, output }) =>
      [source, output].some((path) => searchForm(path).includes(wanted)),
    );
  return { total: found.length, first: found.slice(0, limit) };
}

/** Clips are made in order and the first failure ends a job. `isListed`: the result tells of this clip. */
function fateOf(row: JobRow, index: number, isListed: boolean): MatchingClip['fate'] {
  if (index < (row.completed_clips ?? 0)) return 'made';
  if (row.final_status !== null) return isListed ? 'failed' : 'not made';
  if (row.state === 'pending') return 'waiting';
  if (row.clip === null) return 'unknown';
  return index === row.clip - 1 ? 'being made' : 'waiting';
}
