import type { FailureType, Owner } from './failure-types.ts';

/** Argument of a cause. */
export type CauseArgument = string | number | boolean | null | readonly string[];

/** Cause of a failed clip or job. */
export interface Cause {
  /** Key of `CAUSES`; results of other versions may have others. */
  code: string;
  /** Arguments of the code. A long list is cut to its first items. */
  arguments: Readonly<Record<string, CauseArgument>>;
  /** Index of the source at fault in the JobSpec's `sources`, from 0; absent if none is. */
  source_index?: number;
  /** True if the same job, unchanged, may succeed at another time or on another machine; absent if unknown. */
  retryable?: boolean;
  /** Advice in a sentence or two; absent if there is none. */
  advice?: string;
}

/** Broken rule of the contract. `line` and `column` count from 1; syntax errors and faulty keys have them. */
export interface Violation {
  /** `sources[1]`, `resolved_tokens.reel`; empty for the document as a whole. */
  path: string;
  message: string;
  line?: number;
  column?: number;
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
