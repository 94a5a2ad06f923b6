import { Type, type TSchema } from 'typebox';
import { Check } from 'typebox/value';

/** How the value of a parameter is read. */
export interface Rule {
  schema: TSchema;
  /** The end of a sentence. */
  expected: string;
}

export function choice(values: readonly string[]): Rule {
  return {
    schema: values.length === 0 ? Type.String() : Type.Enum(values),
    expected: values.length === 1 ? `"${values[0]}"` : `one of ${values.join(', ')}`,
  };
}

export function wholeNumber(maximum: number, expected: string, initial: number): Rule {
  return { schema: Type.Integer({ minimum: 1, maximum, default: initial }), expected };
}

export const textRule: Rule = {
  schema: Type.String({ maxLength: 1000, pattern: '^[^\\u0000]*$' }),
  expected: 'one text without the character NUL, of at most 1,000 characters',
};

export const dayRule: Rule = {
  schema: Type.String({ format: 'date' }),
  expected: 'a day as YYYY-MM-DD',
};

export const minuteRule: Rule = {
  schema: Type.String({
    pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d$',
  }),
  expected: 'a minute as YYYY-MM-DDTHH:MM',
};

/** @returns `null` when it was not understood */
export function readValue({ schema }: Rule, written: string): unknown {
  const value = Type.IsInteger(schema) && /^\d{1,16}$/u.test(written) ? Number(written) : written;
  return Check(schema, value) ? value : null;
}

/** Reads parameters by the rules of those that there are; an empty value counts as absent. */
export function readParameters(parameters: URLSearchParams, rules: Readonly<Record<string, Rule>>) {
  const problems: string[] = [];
  const read: Record<string, unknown> = {};
  for (const key of new Set(parameters.keys())) {
    const values = parameters.getAll(key).filter((value) => value !== '');
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
    if (rule === undefined) {
      const known = Object.keys(rules).join(', ') || 'none';
      problems.push(`Unknown parameter "${key}". Expected ${known}.`);
      continue;
    }
    const [value] = values;
    if (value === undefined) continue;
    const known = values.length > 1 ? null : readValue(rule, value);
    if (known === null)
      problems.push(`${key} is "${values.join('", "')}". Expected ${rule.expected}.`);
    else read[key] = known;
  }
  return { read, problems };
}
