import { ZEROS } from './search-words.ts';
import { readingOf } from './word-reading.ts';

/** So many characters are part of many an id that is made of hex digits, and say nothing of it. */
const SHORT = 3;
/** Derived from the JobSpec, or a UUID. */
const GENERATED = /^[0-9a-f]{8}[0-9a-f-]*$/u;

/** Whether a word is looked for in an id, both in small letters. */
export function isSoughtIn(word: string, jobId: string): boolean {
  return Array.from(word).length > SHORT || !GENERATED.test(jobId);
}

/** SQL of whether {@link isSoughtIn} says no to short words: the column in small letters. */
export const IS_GENERATED = `(SELECT length(job.job_id) >= 8 AND substr(lower(job.job_id), 1, 8) NOT GLOB '*[^0-9a-f]*'
  AND lower(job.job_id) NOT GLOB '*[^0-9a-f-]*')`;

/**
 * A short word that full-text search asks for, in patterns of GLOB: `within` those by which it is found in an id, `beside` those by which
 * it is found elsewhere, in small letters with a space at either end. `null` for any other word.
 */
export function shortPatterns(word: string): { within: string[]; beside: string[] } | null {
  if (Array.from(word).length > SHORT) return null;
  const { literal, pieces, number } = readingOf(word);
  if (number !== null) return null;
  const all = [];
  if (literal !== null) all.push(forms('', literal.replaceAll(/[*?[]/gu, '[$&]'), ''));
  for (const piece of pieces)
    if ('letters' in piece)
      for (const zeros of ZEROS)
        all.push(
          forms(
            piece.letters.length === 1 ? '[^a-z]' : '',
            `${piece.letters}${zeros}${piece.number}`,
            '[^0-9]',
          ),
        );
  return {
    within: all.map(({ within }) => within),
    beside: all.map(({ beside }) => beside),
  };
}

function forms(before: string, text: string, after: string) {
  return { within: `*${text}*`, beside: `*${before}${text}${after}*` };
}
