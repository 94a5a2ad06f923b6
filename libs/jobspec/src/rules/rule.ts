import type { Violation } from '../result.ts';
import type { JobSpecField } from '../vocabulary.ts';

/** A JobSpec while it is checked: any field may be absent or of any type. */
export type Draft = { readonly [field in JobSpecField]?: unknown };

/**
 * Judges one field: every broken rule, in the order of the text, at most one for each mistake.
 * `path` is the field's name; `draft` is there for rules that couple fields.
 */
export type Rule = (value: unknown, path: string, draft: Draft) => readonly Violation[];

export const accepted: readonly Violation[] = [];
export const violation = (path: string, message: string): readonly Violation[] => [
  { path, message },
];
