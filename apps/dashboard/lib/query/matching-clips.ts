import { CLIP_STATUSES, type ClipRow } from '../jobs/clip-row.ts';
import type { JobRow } from '../jobs/job-row.ts';
import type { WatchIndex } from '../live/watch-index.ts';
import { holdsWord, wordsOf } from '../names/search-words.ts';
import { folded } from '../names/words.ts';
import { clipsOfJob } from './clip-rows.ts';

export interface MatchingClips {
  total: number;
  first: ClipRow[];
}

/** The most clips of a job that are looked through. */
const LOOKED_THROUGH = 1000;

/** The clips of a job whose own names a search found, so that it answers whether a clip is done and not only which job has it. */
export function matchingClips(
  index: WatchIndex,
  row: JobRow,
  q: string,
  limit: number,
): MatchingClips {
  const words = wordsOf(q);
  const found = clipsOfJob(index, row, 0, LOOKED_THROUGH).filter((clip) => isFound(clip, words));
  // What needs somebody must not be among those that are left out.
  found.sort((a, b) => rankOf(a) - rankOf(b));
  return { total: found.length, first: found.slice(0, limit) };
}

function rankOf({ status }: ClipRow): number {
  return CLIP_STATUSES.indexOf(status);
}

/** Every word stands in what is known of the clip, and one of them in its own names. */
function isFound(
  { folder, job, source_path, output_path, reel }: ClipRow,
  words: readonly string[],
): boolean {
  const own = folded(`${source_path}\n${output_path}\n${reel ?? ''}`);
  const all = folded(`${folder}\n${job}\n`) + own;
  return words.every((word) => holdsWord(all, word)) && words.some((word) => holdsWord(own, word));
}
