/** Parser of a parameter. */
export interface Rule {
  /** @returns `null` if invalid */
  read: (written: string) => string | number | null;
  /** End of the sentence "Expected …". */
  expected: string;
}

export function choice(values: readonly string[]): Rule {
  return {
    read: (written) => (values.includes(written) ? written : null),
    expected: values.length === 1 ? `"${values[0]}"` : `one of ${values.join(', ')}`,
  };
}

/** Whole number from 1 to `maximum`. */
export function wholeNumber(maximum: number, expected: string): Rule {
  return {
    read: (written) => {
      const value = /^\d{1,16}$/u.test(written) ? Number(written) : 0;
      return value >= 1 && value <= maximum ? value : null;
    },
    expected,
  };
}

export const textRule: Rule = {
  read: (written) => (written.length <= 1000 && !written.includes('\0') ? written : null),
  expected: 'one text without the character NUL, of at most 1,000 characters',
};

export const dayRule: Rule = {
  read: (written) => (isDay(written) ? written : null),
  expected: 'a day as YYYY-MM-DD',
};

/** True for a day that exists, unlike 30 February. */
function isDay(written: string): boolean {
  const at = Date.parse(`${written}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/u.test(written) && new Date(at || 0).toISOString().startsWith(written);
}

/** Parses parameters by rules; ignores empty values. */
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
