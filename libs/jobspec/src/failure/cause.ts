import type { Count, Filled, OneUp } from '../schema/scalars.ts';
import type { FailureType, Owner } from './failure-types.ts';

/** Argument of a cause. */
export type CauseArgument = string | number | boolean | null | readonly string[];

/**
 * Cause of a failed clip or job.
 *
 * @open
 */
export interface Cause {
  /** Code of a list that is closed in each version. */
  code: Filled;
  /** Arguments of the code; of a long list its start. */
  arguments: Readonly<Record<string, CauseArgument>>;
  /** Index of the source at fault in the JobSpec’s `sources`, from 0; absent if none is. */
  source_index?: Count;
  /**
   * True if the cause is the machine, its storage or the moment: the same job, unchanged, may succeed at another time or on another
   * machine. False if JobSpec, source or settings must change first, or if the job has made a proxy, whose name is taken now. Absent
   * if unknown.
   */
  retryable?: boolean;
  /** Advice in a sentence or two; absent if there is none. */
  advice?: Filled;
}

/**
 * Broken rule of the contract. `line` and `column` count from 1; syntax errors and faulty keys have them.
 *
 * @dependentRequired {"line": ["column"], "column": ["line"]}
 */
export interface Violation {
  /** Field, such as `sources[1]` or `resolved_tokens.reel`; empty for the file as a whole. */
  path: string;
  /**
   * A sentence for people.
   *
   * @minLength 1
   * @maxLength 1000
   */
  message: string;
  /** Line in the JobSpec. */
  line?: OneUp;
  /** Column in that line. */
  column?: OneUp;
}

/** Index of the source in a violation's path, from 0; `null` for other paths. */
export function sourceIndexOf(path: string): number | null {
  const [, index] = /^sources\[(\d+)\]$/u.exec(path) ?? [];
  return index === undefined ? null : Number(index);
}

export type Arguments = Readonly<Record<string, CauseArgument | undefined>>;

/** Everything that is ever reported about one cause. */
export interface CauseRow<A extends Arguments> {
  type: FailureType;
  /** Person who can fix it. */
  who: Owner;
  /**
   * True if the same job may succeed at another time or on another machine, since the fault is in this machine, its storage or
   * the moment. Otherwise JobSpec, source or settings must change first.
   */
  retryable: boolean | ((facts: A) => boolean);
  /** Sentence that says what is wrong and where, made from the arguments alone. */
  what: (facts: A, violations: readonly Violation[]) => string;
  /** Advice in a sentence or two; `{name}` is replaced by the argument of that name. */
  advice: string;
  /**
   * True if the reason in results is `what` without the advice: the contract fixes that sentence, or each violation has its own
   * advice.
   */
  isWhole?: true;
  /** Arguments that tell apart failures of this cause that each need attention; no names, paths or lengths. */
  groupBy?: readonly (keyof A & string)[];
}

/** Fault of the machine, its storage or the moment: the engineer's, and the same job may succeed later. */
export const MACHINE_FAULT = { who: 'engineer', retryable: true } as const;
/** Fault of the clip. */
export const CLIP_FAULT = { who: 'editor', retryable: false } as const;
/** Fault of the JobSpec. */
export const JOBSPEC_FAULT = { who: 'author', retryable: false } as const;

/** Entry whose functions share one type of arguments. */
export const cause = <A extends Arguments>(row: CauseRow<A>): CauseRow<A> => row;

export type NoArguments = Record<string, never>;

/** Error of the operating system. */
export interface SystemFailure extends Arguments {
  error: string;
}

export interface InFolder extends Arguments {
  directory: string;
}

/** Removes the full stop of a sentence. */
export const withoutStop = (said: string) => said.replace(/\.$/, '');

/** Joins sentences, leaving out empty ones. */
export const joined = (...sentences: (string | null | undefined | false)[]) =>
  sentences.filter(Boolean).join(' ');

/** Hint for a program that was killed; `false` for other signals. */
export const memoryHint = (signal: string) =>
  signal === 'SIGKILL' && 'Unless someone killed it, the machine probably ran out of memory.';
