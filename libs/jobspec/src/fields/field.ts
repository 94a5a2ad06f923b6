import type { Violation } from '../failure/violation.ts';
import type { Schema } from '../schema/json-schema.ts';
import type { JobSpecField } from '../vocabulary/job-spec.ts';
import type { JOBSPEC_VERSION, JobSpecVersion } from '../vocabulary/vocabulary.ts';
import { MAX_LISTED_VIOLATIONS } from '../vocabulary/limits.ts';

/** A JobSpec while it is checked: any field may be absent or of any type. Fields that its version doesn't know are absent. */
export type Draft = { readonly [field in JobSpecField]?: unknown };

/**
 * Judges one field: every broken rule, in the order of the text, at most one for each mistake.
 * `path` is the field's name; `draft` is there for rules that couple fields. A rule that may find millions gives them one
 * at a time.
 */
export type Rule = (value: unknown, path: string, draft: Draft) => Iterable<Violation>;

export const accepted: readonly Violation[] = [];
export const violation = (path: string, message: string): readonly Violation[] => [
  { path, message },
];

/**
 * A violation for each item. Behind as many as a result may list, the last one comes again and again: those are only
 * counted, and the sentences for millions of them would fill the memory.
 */
export function* violationForEach<T>(
  items: Iterable<T>,
  violationOf: (item: T) => Violation,
): Generator<Violation> {
  let count = 0;
  let last: Violation | undefined;
  for (const item of items) {
    if (last === undefined || count < MAX_LISTED_VIOLATIONS) last = violationOf(item);
    count += 1;
    yield last;
  }
}

/** Everything that is to know of one field of the contract. */
export interface Field {
  /** The version that it came with; older ones don't know it. */
  readonly since: JobSpecVersion;
  /**
   * `required`: it must be there. `optional`: it may be left out, but not be null. `coupled`: whether it may be absent or
   * null depends on other fields, and its rule says so.
   */
  readonly presence: 'required' | 'optional' | 'coupled';
  readonly rule: Rule;
  /** What a value of the field is, as JSON Schema. */
  readonly schema: Schema;
  /** How editors call it, and what they tell of it. */
  readonly title: string;
  readonly description: string;
  readonly examples: readonly unknown[];
  /** Whether output names follow from it: they are not judged while it is wrong. */
  readonly shapesNames?: true;
  /** What it demands of other fields, as JSON Schema of the whole JobSpec. */
  readonly couplings?: readonly Schema[];
}

/**
 * The entry of a field whose value is a `T`: one that may be missing in the file has a default, or `T` says that it may be undefined. What
 * came after the first version names its own.
 */
export type FieldOf<T, Since extends JobSpecVersion = typeof JOBSPEC_VERSION> = Field & {
  readonly since: Since;
} & (undefined extends T
    ? { readonly presence: 'optional' | 'coupled' }
    : | { readonly presence: 'required' }
      | { readonly presence: 'optional' | 'coupled'; readonly default: T });
