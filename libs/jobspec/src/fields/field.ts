import type { Violation } from '../failure/cause.ts';
import type { Schema } from '../schema/json-schema.ts';
import type { JobSpecField } from '../vocabulary/job-spec.ts';
import type { JobSpecVersion } from '../vocabulary/vocabulary.ts';
import { MAX_LISTED_VIOLATIONS } from '../vocabulary/limits.ts';
import * as say from '../wording/messages.ts';
import { isObject, type JsonMap, RESERVED_KEYS } from '../reading/read-json.ts';
import { pathOf } from '../wording/quoted.ts';

/** Unchecked JobSpec: any field may be absent or of any type. Fields of newer versions than its own are absent. */
export type Draft = { readonly [field in JobSpecField]?: unknown };

/**
 * Checks one field and returns every broken rule, in the order of the text, at most one for each mistake. `path` is the
 * field's name; `draft` is for rules that couple fields. A rule that may find millions yields them one at a time.
 */
export type Rule = (value: unknown, path: string, draft: Draft) => Iterable<Violation>;

export const accepted: readonly Violation[] = [];
export const violation = (path: string, message: string): readonly Violation[] => [
  { path, message },
];

/**
 * One violation for each item. Beyond the number that a result may list, the last one is repeated: the rest are only
 * counted, and millions of sentences would fill the memory.
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

/** Definition of one field of the contract. */
export interface Field {
  /** Version that introduced it, if not the first. */
  readonly since?: JobSpecVersion;
  /**
   * `required`: it must be there. `optional`: it may be left out, but not be null. `coupled`: its rule decides, from other
   * fields, whether it may be absent or null.
   */
  readonly presence: 'required' | 'optional' | 'coupled';
  readonly rule: Rule;
  /** JSON Schema of its value. */
  readonly schema: Schema;
  /** Title and description for editors. */
  readonly title: string;
  readonly description: string;
  readonly examples: readonly unknown[];
  /** True if output names depend on it: they are not checked while it is wrong. */
  readonly shapesNames?: true;
  /** Conditions on other fields, as JSON Schema of the whole JobSpec. */
  readonly couplings?: readonly Schema[];
}

/** Definition of a field with values of type `T`. If it may be missing, it has a default, or `T` includes undefined. */
export type FieldOf<T> = Field &
  (undefined extends T
    ? { readonly presence: 'optional' | 'coupled' }
    : | { readonly presence: 'required' }
      | { readonly presence: 'optional' | 'coupled'; readonly default: T });

/** Rule for strings; `check` returns a message for a bad one. */
export const text =
  (check: (value: string, path: string) => string | undefined): Rule =>
  (value, path) => {
    if (typeof value !== 'string') return violation(path, say.notText(path, value));
    const message = check(value, path);
    return message === undefined ? accepted : violation(path, message);
  };

/** Rule for one of the values, case-sensitive. */
export const oneOf = (values: readonly string[]): Rule =>
  text((value, path) => (values.includes(value) ? undefined : say.notOneOf(path, values, value)));

/** JSON can carry half of a surrogate pair; UTF-8, and so a file name, can't. */
export const isBrokenUnicode = (value: string) => /\p{Surrogate}/u.test(value);

/** Character class of file names for patterns of JSON Schema: neither NUL nor half a surrogate pair. */
export const CHARACTER = '[^\\u0000\\ud800-\\udfff]';

export type Rules = Readonly<Record<string, Rule>>;

/**
 * Checks each key of an object below `viewing` by its rule, in their order, then reports unknown keys. An absent key is
 * `undefined` to its rule.
 */
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

function* unknownKeys(value: JsonMap, known: readonly string[], path: string) {
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
