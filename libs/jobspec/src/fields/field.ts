import type { Violation } from '../failure/cause.ts';
import type { Schema } from '../schema/json-schema.ts';
import type { JobSpecField } from '../vocabulary/job-spec.ts';
import type { JOBSPEC_VERSION, JobSpecVersion } from '../vocabulary/vocabulary.ts';
import { MAX_LISTED_VIOLATIONS } from '../vocabulary/limits.ts';
import * as say from '../wording/messages.ts';
import { isObject, type JsonObject, RESERVED_KEYS } from '../reading/read-json.ts';
import { pathOf } from '../wording/shown.ts';

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
  /** The version that it came with, where that is not the first; older ones don't know it. */
  readonly since?: JobSpecVersion;
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
export type FieldOf<T, Since extends JobSpecVersion = typeof JOBSPEC_VERSION> = Field &
  (Since extends typeof JOBSPEC_VERSION ? { readonly since?: never } : { readonly since: Since }) &
  (undefined extends T
    ? { readonly presence: 'optional' | 'coupled' }
    : | { readonly presence: 'required' }
      | { readonly presence: 'optional' | 'coupled'; readonly default: T });

/** A string, checked by the rule that is handed in; anything else is one violation. */
export const text =
  (check: (value: string, path: string) => string | undefined): Rule =>
  (value, path) => {
    if (typeof value !== 'string') return violation(path, say.notText(path, value));
    const message = check(value, path);
    return message === undefined ? accepted : violation(path, message);
  };

/** Exactly one of the values, case included. */
export const oneOf = (values: readonly string[]): Rule =>
  text((value, path) => (values.includes(value) ? undefined : say.notOneOf(path, values, value)));

/** JSON can carry half of a surrogate pair; UTF-8, and so a file name, can't. */
export const isBrokenUnicode = (value: string) => /\p{Surrogate}/u.test(value);

/** The class of characters that a name of a file may have, for a pattern of JSON Schema: neither NUL nor half a surrogate pair. */
export const CHARACTER = '[^\\u0000\\ud800-\\udfff]';

export type Rules = Readonly<Record<string, Rule>>;

/** Each key of an object below `viewing` by its rule, in their order, then the keys that aren't known. A key that is absent is `undefined` to its rule. */
export function* objectBy(
  rules: Rules,
  value: unknown,
  path: string,
  draft: Draft,
): Generator<Violation> {
  if (!isObject(value)) {
    yield* violation(path, say.notAnObjectOf(path, Object.keys(rules), value));
    return;
  }
  for (const [key, rule] of Object.entries(rules))
    yield* rule(value.get(key), below(path, key), draft);
  yield* unknownKeys(value, Object.keys(rules), path);
}

function below(path: string, key: string): string {
  const top = 'viewing';
  return path + pathOf([top, key]).slice(top.length);
}

function* unknownKeys(value: JsonObject, known: readonly string[], path: string) {
  for (const key of value.keys()) {
    if (known.includes(key) || RESERVED_KEYS.includes(key)) continue;
    const at = below(path, key);
    yield { path: at, message: say.unknownKey(at, path, known) };
  }
}

export const required =
  (rule: Rule): Rule =>
  (value, path, draft) =>
    value === undefined ? violation(path, say.missing(path)) : rule(value, path, draft);

export const optional =
  (rule: Rule): Rule =>
  (value, path, draft) =>
    value === undefined ? accepted : rule(value, path, draft);
