import { MAX_REASON_LENGTH, MAX_SENTENCE_LENGTH } from '../vocabulary/limits.ts';
import { withoutControls } from '../wording/words.ts';
import {
  sourceIndexOf,
  type Arguments,
  type Cause,
  type CauseArgument,
  type CauseRow,
  type Violation,
} from './cause.ts';
import { type ArgumentsOf, type CauseCode, CAUSES, filledIn } from './causes.ts';
import { failureStatusOf, type FailureType } from './failure-types.ts';

/** Number of items kept from a list in the arguments; the violations have the others, too. */
const KEPT = 10;

/**
 * Error that ends a clip or a job: a cause with its arguments, and a sentence of bounded length made from them. Lists
 * of faults belong in the violations. Any other error that is thrown while a job runs is a defect of the runner and
 * becomes `InternalError`.
 */
export class JobFailure<C extends CauseCode = CauseCode> extends Error {
  override readonly name = 'JobFailure';
  readonly type: FailureType;
  /** The failure as data. */
  readonly facts: Cause;
  /** Broken rules of the contract, or paths at fault. */
  readonly violations: readonly Violation[];

  constructor(
    code: C,
    facts: ArgumentsOf<C>,
    { violations = [], cause }: { violations?: readonly Violation[]; cause?: unknown } = {},
  ) {
    const row: CauseRow<never> = CAUSES[code];
    const what = row.what(facts as never, violations);
    const known = boundedArguments(facts);
    const advice = boundedSentence(filledIn(row.advice, known));
    super(row.isWhole ? boundedReason(what) : advisedReason(what, advice), { cause });
    this.type = row.type;
    this.violations = violations.map((violation) =>
      Object.assign({}, violation, { message: boundedSentence(violation.message) }),
    );
    const [source_index] = violations.flatMap(({ path }) => sourceIndexOf(path) ?? []);
    this.facts = {
      code,
      arguments: known,
      ...(source_index !== undefined && { source_index }),
      retryable: isRetryable(row, facts as never),
      advice,
    };
  }

  /** `PARTIAL` when validation refused the job, `FAILED` when work had begun. */
  get finalStatus(): 'PARTIAL' | 'FAILED' {
    return failureStatusOf(this.type);
  }
}

function isRetryable<A extends Arguments>({ retryable }: CauseRow<A>, facts: A): boolean {
  return typeof retryable === 'boolean' ? retryable : retryable(facts);
}

function boundedArguments(facts: object): Cause['arguments'] {
  const known: Record<string, CauseArgument> = {};
  for (const [name, value] of Object.entries(facts) as [string, CauseArgument | undefined][])
    if (value !== undefined) known[name] = boundedArgument(value);
  return known;
}

function boundedArgument(value: CauseArgument): CauseArgument {
  if (typeof value === 'string') return boundedSentence(value);
  const isList = typeof value === 'object' && value !== null;
  return isList ? value.slice(0, KEPT).map((one) => boundedSentence(one)) : value;
}

/**
 * Reason for results and logs: one line of at most 500 characters, cut with `…`. File names may hold anything, and a
 * list may name ten thousand files.
 */
export function boundedReason(reason: string): string {
  return bounded(reason, MAX_REASON_LENGTH);
}

/** Minimum number of characters for the problem, however long the advice is. */
const LEAST = 150;

/** Reason with its advice. If they are too long together, the problem is cut. */
function advisedReason(what: string, advice: string): string {
  const room = Math.max(LEAST, MAX_REASON_LENGTH - advice.length - 1);
  const problem = bounded(what, room);
  return boundedReason(`${problem}${/[.!?…]$/u.test(problem) ? '' : '.'} ${advice}`);
}

/** Sentence of a violation, cut likewise; the limit leaves room for a path and its fault. */
function boundedSentence(sentence: string): string {
  return bounded(sentence, MAX_SENTENCE_LENGTH);
}

function bounded(text: string, most: number): string {
  const line = withoutControls(text.trim().slice(0, most + 1));
  if (line.length <= most) return line;
  return `${line.slice(0, most - 1).replace(/\p{Surrogate}$/u, '')}…`;
}
