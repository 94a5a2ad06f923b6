import type { FailureType, Owner } from './failure-types.ts';

/** A value that a cause is told with. */
export type CauseArgument = string | number | boolean | null | readonly string[];

/** Why a clip or a job failed. */
export interface Cause {
  /** From the closed list `CAUSES` of this version; a reader of results takes any. */
  code: string;
  /** The first ones of a long list. */
  arguments: Readonly<Record<string, CauseArgument>>;
  /** Place of the source that is to blame among the JobSpec's `sources`, from 0; absent where it is none of them. */
  source_index?: number;
  /** Whether the same job may succeed at another time or on another machine, with nothing changed in it; absent where it is not told. */
  retryable?: boolean;
  /** What to do, in a sentence or two; absent where it is not told. */
  advice?: string;
}

/** One broken rule of the contract; `line` and `column` count from 1 and are known for syntax errors and duplicate keys. */
export interface Violation {
  /** `sources[1]`, `resolved_tokens.reel`; empty for the document as a whole. */
  path: string;
  message: string;
  line?: number;
  column?: number;
}

/** Place among `sources` that a violation's path names, from 0; `null` where it names none. */
export function sourceIndexOf(path: string): number | null {
  const [, index] = /^sources\[(\d+)\]$/u.exec(path) ?? [];
  return index === undefined ? null : Number(index);
}

export type Arguments = Readonly<Record<string, CauseArgument | undefined>>;

/** One cause of a failure: all that is ever said of it. */
export interface CauseRow<A extends Arguments> {
  type: FailureType;
  /** Who can do something about it. */
  who: Owner;
  /**
   * Whether the same job may succeed at another time or on another machine: what is wrong lies in this machine, its storage or this moment.
   * Otherwise JobSpec, source or settings must change first.
   */
  retryable: boolean | ((facts: A) => boolean);
  /** What is wrong, and where: a sentence, made of nothing but this. */
  what: (facts: A, violations: readonly Violation[]) => string;
  /** What to do, in a sentence or two; `{name}` stands for the argument of that name. */
  advice: string;
  /** Whether the reason of a result is `what` alone: the contract fixes that sentence, or each violation says what to do. */
  isWhole?: true;
  /** What tells one failure of this cause from others that are worth a look of their own; no names, places and lengths. */
  apart?: readonly (keyof A & string)[];
}

/** What lies in the machine, its storage or this moment: the engineer's, and the same job may succeed later. */
export const OF_MACHINE = { who: 'engineer', retryable: true } as const;
/** What lies in the clip. */
export const OF_CLIP = { who: 'editor', retryable: false } as const;
/** What lies in the JobSpec. */
export const OF_JOBSPEC = { who: 'author', retryable: false } as const;

/** A row whose parts fit each other. */
export const cause = <A extends Arguments>(row: CauseRow<A>): CauseRow<A> => row;

export type Nothing = Record<string, never>;

/** What the system said. */
export interface Refused extends Arguments {
  error: string;
}

export interface InFolder extends Arguments {
  directory: string;
}

/** A sentence without its full stop. */
export const stop = (said: string) => said.replace(/\.$/, '');

/** Sentences in a row, less those that say nothing. */
export const joined = (...sentences: (string | null | undefined | false)[]) =>
  sentences.filter(Boolean).join(' ');

/** What the end of a program may mean. */
export const memory = (signal: string) =>
  signal === 'SIGKILL' && 'If nobody ended it, memory was short.';
