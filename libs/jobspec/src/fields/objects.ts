import type { Violation } from '../failure/violation.ts';
import { isObject, RESERVED_KEYS, type JsonObject } from '../reading/json-value.ts';
import * as say from '../wording/messages.ts';
import { pathOf } from '../wording/shown.ts';
import { accepted, violation, type Draft, type Rule } from './field.ts';

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
