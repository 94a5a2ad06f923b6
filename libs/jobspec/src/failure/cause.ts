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
