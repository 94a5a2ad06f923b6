import type { Cause } from './cause.ts';
import { causeRow, filledIn } from './causes.ts';
import { FAILURES, type FailureType } from './failure-types.ts';
import { OWNERS } from './owners.ts';

/** What people are told of a failure. */
export interface Advice {
  /** What happened, in a few words: for lists and filters. */
  short: string;
  /** What is wrong, and where; `null` where nothing was said. */
  what: string | null;
  /** What to do, in a sentence or two; `null` for a result of another version, whose reason says all. */
  advice: string | null;
  /** Who can do something about it, as `The assistant editor`. */
  who: string;
}

/**
 * What is wrong, what to do and who can do it, of a result by any version.
 *
 * @param reason of the result: what is wrong, and mostly what to do.
 */
export function adviceOf(type: FailureType, reason: string | null, cause: Cause | null): Advice {
  const { short, who } = FAILURES[type];
  const row = cause === null ? null : causeRow(cause.code);
  if (cause === null || row === null)
    return { short, what: reason, advice: null, who: OWNERS[who] };
  const advice = cause.advice ?? filledIn(row.advice, cause.arguments);
  const what = reason?.endsWith(advice) ? reason.slice(0, -advice.length).trim() : reason;
  return { short, what, advice, who: OWNERS[row.who] };
}
