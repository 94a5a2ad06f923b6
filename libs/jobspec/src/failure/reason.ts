import { MAX_REASON_LENGTH, MAX_SENTENCE_LENGTH } from '../vocabulary/limits.ts';
import { escaped } from '../wording/escaped.ts';

/**
 * A reason as results and logs carry it: one line of at most 500 characters. File names hold anything, and a list of ten
 * thousand files is as long as a book: what is longer ends in `…`.
 */
export function boundedReason(reason: string): string {
  return bounded(reason, MAX_REASON_LENGTH);
}

/** The sentence of a violation, likewise: long enough for a path and what is wrong with it. */
export function boundedSentence(sentence: string): string {
  return bounded(sentence, MAX_SENTENCE_LENGTH);
}

function bounded(text: string, most: number): string {
  const line = escaped(text.trim().slice(0, most + 1));
  if (line.length <= most) return line;
  return `${line.slice(0, most - 1).replace(/\p{Surrogate}$/u, '')}…`;
}
