import type { Cause, CauseArgument, CauseRow } from './cause.ts';
import { DIFFERENCE_CAUSES, ENDING_CAUSES, PROXY_CAUSES } from './proxy-causes.ts';
import { JOBSPEC_CAUSES, OUTPUT_CAUSES, SOURCE_CAUSES } from './jobspec-causes.ts';
import { PROGRAM_CAUSES, RESOLVE_CAUSES } from './program-causes.ts';
import { FAILURES, type FailureType, OWNERS } from './failure-types.ts';

/**
 * Every cause of a failure: its type, what is wrong, what to do and who can do it. Log, result, dashboard and document
 * say nothing else. The list is closed; a retired code is never used again. Whoever reads a result reads the code and its
 * arguments, never the sentence.
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

/** What a cause is told with. */
export type ArgumentsOf<C extends CauseCode> = Parameters<(typeof CAUSES)[C]['what']>[0];

/** The row of a code; `null` for one of an older or newer version. */
export function causeRow(code: string): CauseRow<never> | null {
  return Object.hasOwn(CAUSES, code) ? CAUSES[code as CauseCode] : null;
}

/** An advice with the arguments of its cause in their places. */
export function filledIn(
  advice: string,
  facts: Readonly<Record<string, CauseArgument | undefined>>,
): string {
  return advice.replaceAll(/\{(\w+)\}/gu, (_, name: string) => String(facts[name] ?? '')).trim();
}

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

/** Equal for failures that one look explains: by code, and by the arguments that tell one from another of the same code. */
export function causeKeyOf({ code, arguments: facts }: Cause): string {
  const row = causeRow(code);
  return JSON.stringify([code, ...(row?.apart ?? []).map((name: string) => facts[name] ?? null)]);
}
