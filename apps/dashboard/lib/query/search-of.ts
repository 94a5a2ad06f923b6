import { holdsWord, wordsOf } from '../names/search-words.ts';
import { isSoughtIn } from '../names/short-words.ts';
import { folded } from '../names/words.ts';
import type { ClipTexts } from './clip-rows.ts';

/** Whether a clip has every word of a search; `null` when it has none. */
export function searchOf(q: string): ((clip: ClipTexts) => boolean) | null {
  const words = wordsOf(q);
  if (words.length === 0) return null;
  return ({ folder, base, job_id, source_path, output_path, reel }) => {
    const id = folded(job_id ?? '');
    const text = folded([folder, `${base}.json`, source_path, output_path, reel ?? ''].join('\n'));
    return words.every(
      (word) => holdsWord(text, word) || (isSoughtIn(word, id) && holdsWord(id, word)),
    );
  };
}
