/** How the value of a parameter is read. */
export interface Rule {
  /** The end of a sentence. */
  expected: string;
  /** @returns `null` when it was not understood */
  read: (value: string) => unknown;
  /** For the OpenAPI description. */
  schema: Record<string, unknown>;
}

export function choice(values: readonly string[]): Rule {
  return {
    expected: values.length === 1 ? `"${values[0]}"` : `one of ${values.join(', ')}`,
    read: (value) => values.find((candidate) => candidate === value) ?? null,
    schema: { type: 'string', ...(values.length === 0 ? {} : { enum: values }) },
  };
}

export function wholeNumber(maximum: number, expected: string, initial: number): Rule {
  return {
    expected,
    read: (value) =>
      /^[1-9]\d{0,15}$/u.test(value) && Number(value) <= maximum ? Number(value) : null,
    schema: {
      type: 'integer',
      minimum: 1,
      ...(maximum < Number.MAX_SAFE_INTEGER ? { maximum } : {}),
      default: initial,
    },
  };
}

export const textRule: Rule = {
  expected: 'one text without the character NUL, of at most 1,000 characters',
  read: (value) => (value.includes('\0') || value.length > 1000 ? null : value),
  schema: { type: 'string', maxLength: 1000 },
};

export const dayRule: Rule = {
  expected: 'a day as YYYY-MM-DD',
  read: (value) => {
    if (!/^\d{4}-\d{2}-\d{2}$/u.test(value)) return null;
    const date = new Date(`${value}T00:00:00Z`);
    const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
    return exists ? value : null;
  },
  schema: { type: 'string', format: 'date' },
};

export const minuteRule: Rule = {
  expected: 'a minute as YYYY-MM-DDTHH:MM',
  read: (value) => {
    const [day = '', time = ''] = value.split('T');
    return dayRule.read(day) !== null && /^([01]\d|2[0-3]):[0-5]\d$/u.test(time) ? value : null;
  },
  schema: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}$' },
};

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
    const known = values.length > 1 ? null : rule.read(value);
    if (known === null)
      problems.push(`${key} is "${values.join('", "')}". Expected ${rule.expected}.`);
    else read[key] = known;
  }
  return { read, problems };
}
