import type { CauseArgument } from './cause.ts';
import { ENDING_CAUSES } from './ending-causes.ts';
import { JOBSPEC_CAUSES } from './jobspec-causes.ts';
import { OUTPUT_CAUSES } from './output-causes.ts';
import { PROGRAM_CAUSES } from './program-causes.ts';
import { DIFFERENCE_CAUSES, PROXY_CAUSES } from './proxy-causes.ts';
import { RESOLVE_CAUSES } from './resolve-causes.ts';
import { SOURCE_CAUSES } from './source-causes.ts';
import type { CauseRow } from './cause-row.ts';

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
