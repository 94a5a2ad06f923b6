import type { Cause, CauseArgument, CauseRow } from './cause.ts';
import { DIFFERENCE_CAUSES, ENDING_CAUSES, PROXY_CAUSES } from './proxy-causes.ts';
import { JOBSPEC_CAUSES, OUTPUT_CAUSES, SOURCE_CAUSES } from './jobspec-causes.ts';
import { PROGRAM_CAUSES, RESOLVE_CAUSES } from './program-causes.ts';
import { FAILURES, type FailureType, OWNERS } from './failure-types.ts';

/**
 * Causes of failures, each with its type, sentence, advice and the person who can fix it. Log, result, dashboard and documents
 * report nothing else. The list is closed; a retired code is never used again. Programs read the code and its arguments, never
 * the sentence.
 */
export const CAUSES = {
  ...JOBSPEC_CAUSES,
  ...SOURCE_CAUSES,
  ...ENDING_CAUSES,
  ...OUTPUT_CAUSES,
  ...PROXY_CAUSES,
  ...DIFFERENCE_CAUSES,
  ...PROGRAM_CAUSES,
  ...RESOLVE_CAUSES,
} as const satisfies Record<string, CauseRow<never>>;

export type CauseCode = keyof typeof CAUSES;
export const CAUSE_CODES = Object.keys(CAUSES) as readonly CauseCode[];

/** Arguments of a cause. */
export type ArgumentsOf<C extends CauseCode> = Parameters<(typeof CAUSES)[C]['what']>[0];

/** Entry of a code; `null` for a code of another version. */
export function causeRow(code: string): CauseRow<never> | null {
  return Object.hasOwn(CAUSES, code) ? CAUSES[code as CauseCode] : null;
}

/** Replaces the placeholders of a sentence of advice by the arguments of its cause. */
export function filledIn(
  advice: string,
  facts: Readonly<Record<string, CauseArgument | undefined>>,
): string {
  return advice.replaceAll(/\{(\w+)\}/gu, (_, name: string) => String(facts[name] ?? '')).trim();
}

/** Explanation of a failure, for people. */
export interface Advice {
  /** Title of a few words, for lists and filters. */
  short: string;
  /** Sentence that says what is wrong and where; `null` without a reason. */
  what: string | null;
  /**
   * Advice in a sentence or two; `null` if the cause is unknown, as in results of other versions; the reason then says
   * everything.
   */
  advice: string | null;
  /** Person who can fix it, such as `The assistant editor`. */
  who: string;
}

/**
 * Explains the failure in a result of any version.
 *
 * @param reason sentence of the result, which usually ends with the advice
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

/** Key that is equal for failures with one explanation: the code, and the arguments that separate failures of that code. */
export function causeKeyOf({ code, arguments: facts }: Cause): string {
  const row = causeRow(code);
  return JSON.stringify([code, ...(row?.groupBy ?? []).map((name: string) => facts[name] ?? null)]);
}
