import { MAX_REASON_LENGTH, MAX_SENTENCE_LENGTH } from '../vocabulary/limits.ts';
import { escaped } from '../wording/escaped.ts';

/**
 * A reason as results and logs carry it: one line of at most 500 characters. File names hold anything, and a list of ten
 * thousand files is as long as a book: what is longer ends in `…`.
 */
export function boundedReason(reason: string): string {
  return bounded(reason, MAX_REASON_LENGTH);
}

/** So much of what is wrong is told, however long it takes to say what to do. */
const LEAST = 150;

/** A reason that says what to do, too: of the two, a list of what is wrong is cut. */
export function advisedReason(what: string, advice: string): string {
  const room = Math.max(LEAST, MAX_REASON_LENGTH - advice.length - 1);
  const said = bounded(what, room);
  return boundedReason(`${said}${/[.!?…]$/u.test(said) ? '' : '.'} ${advice}`);
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
