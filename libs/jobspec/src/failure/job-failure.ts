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

/** Of a list of arguments so many are kept: the violations have them all. */
const KEPT = 10;

/**
 * The one error that decides a job: a cause of the closed list, what it is told with, and the sentence that is made of both, whose
 * length is bounded here. A list of what is wrong belongs in the violations.
 * Anything else that is thrown while a job runs is a defect of ours and becomes `InternalError`.
 */
export class JobFailure<C extends CauseCode = CauseCode> extends Error {
  override readonly name = 'JobFailure';
  readonly type: FailureType;
  /** The same as data. */
  readonly facts: Cause;
  /** The broken rules, for a contract violation; otherwise the paths that are to blame. */
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
 * A reason as results and logs carry it: one line of at most 500 characters. File names hold anything, and a list of ten
 * thousand files is as long as a book: what is longer ends in `…`.
 */
export function boundedReason(reason: string): string {
  return bounded(reason, MAX_REASON_LENGTH);
}

/** So much of what is wrong is told, however long it takes to say what to do. */
const LEAST = 150;

/** A reason that says what to do, too: of the two, a list of what is wrong is cut. */
function advisedReason(what: string, advice: string): string {
  const room = Math.max(LEAST, MAX_REASON_LENGTH - advice.length - 1);
  const said = bounded(what, room);
  return boundedReason(`${said}${/[.!?…]$/u.test(said) ? '' : '.'} ${advice}`);
}

/** The sentence of a violation, likewise: long enough for a path and what is wrong with it. */
function boundedSentence(sentence: string): string {
  return bounded(sentence, MAX_SENTENCE_LENGTH);
}

function bounded(text: string, most: number): string {
  const line = withoutControls(text.trim().slice(0, most + 1));
  if (line.length <= most) return line;
  return `${line.slice(0, most - 1).replace(/\p{Surrogate}$/u, '')}…`;
}
