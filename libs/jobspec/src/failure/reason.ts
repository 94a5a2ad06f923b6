import { MAX_REASON_LENGTH } from '../vocabulary/limits.ts';
import { escaped } from '../wording/escaped.ts';

/**
 * A reason as results and logs carry it: one line of at most 500 characters. File names hold anything, and a list of ten
 * thousand files is as long as a book: what is longer ends in `…`.
 */
export function boundedReason(reason: string): string {
  const line = escaped(reason.trim().slice(0, MAX_REASON_LENGTH + 1));
  if (line.length <= MAX_REASON_LENGTH) return line;
  return `${line.slice(0, MAX_REASON_LENGTH - 1).replace(/\p{Surrogate}$/u, '')}…`;
}
