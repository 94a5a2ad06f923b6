import { searchForm, type JobRow } from '../index/job-row.ts';
import { clipPathsOf } from './open-job.ts';

export interface MatchingClip {
  /** From 1, as the sources are ordered. */
  number: number;
  source: string;
  output: string;
  /** What became of this clip; `unknown` while its job has no verdict. */
  fate: 'made' | 'failed' | 'not made' | 'unknown';
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
      fate: fateOf(row, index),
    }))
    .filter(({ source, output }) =>
      [source, output].some((path) => searchForm(path).includes(wanted)),
    );
  return { total: found.length, first: found.slice(0, limit) };
}

/** Clips are made in order and the first failure ends a job. */
function fateOf({ completed_clips, final_status }: JobRow, index: number): MatchingClip['fate'] {
  if (final_status === null || completed_clips === null) return 'unknown';
  if (index < completed_clips) return 'made';
  return index === completed_clips && final_status === 'FAILED' ? 'failed' : 'not made';
}
